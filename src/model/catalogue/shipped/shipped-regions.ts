/** Rows of scenarios/data/grid-carbon.csv. Written by scripts/catalogue.mjs, not by hand. */
export const SHIPPED_REGIONS = `ABW|Aruba|550|550||
AFG|Afghanistan|123.71|131.31||
AGO|Angola|183.49|185.38||
ALB|Albania|24.42|25.18||
ARE|United Arab Emirates|483.79|467.51||
ARG|Argentina|350.9|344.83|346|11.4558
ARM|Armenia|262.43|240.31|211.93|
ASM|American Samoa|647.06|611.11||
ATG|Antigua and Barbuda|611.11|594.6||
AUS|Australia|556.7|553.83|525.18|4.7293
AUT|Austria|111.72|103.48|116.91|5.7222
AZE|Azerbaijan|669.99|634.34|631.9|
BDI|Burundi|180|183.67||
BEL|Belgium|134.67|126.96|149.82|2.6198
BEN|Benin|590|584.16||
BFA|Burkina Faso|562.13|562.13||
BGD|Bangladesh|682.72|695.7|696.13|
BGR|Bulgaria|338.32|278.85|275.55|4.6228
BHR|Bahrain|902.59|902.24||
BHS|Bahamas|651.58|653.33||
BIH|Bosnia and Herzegovina|576.25|601.03|570.64|
BLR|Belarus|359.85|329.55|309.25|
BLZ|Belize|155.56|170.21||
BMU|Bermuda|640.63|639.34||
BOL|Bolivia|501.2|495.2|481.29|
BRA|Brazil|96.26|106.06|109.95|18.6033
BRB|Barbados|600|594.6||
BRN|Brunei|894.64|892.09||
BTN|Bhutan|24.19|23.64||
BWA|Botswana|854.49|851.31||
CAF|Central African Republic|0|||
CAN|Canada|174.37|185.35|190.72|8.1662
CHE|Switzerland|34.82|34.58|39.22|5.6641
CHL|Chile|303.82|259.87|289.49|10.5226
CHN|China|583.04|555.4|525.34|6.0065
CIV|Cote d'Ivoire|398.91|405.01||
CMR|Cameroon|224.38|225.9||
COD|Democratic Republic of Congo|26.87|27.64||
COG|Congo|692.16|716.12||
COK|Cook Islands|250|250||
COL|Colombia|258.37|298.3|186.81|
COM|Comoros|642.86|||
CPV|Cape Verde|480|461.54||
CRI|Costa Rica|24.74|25.46|24.2|
CUB|Cuba|644.38|642.82||
CYM|Cayman Islands|642.86|633.8||
CYP|Cyprus|532.83|511.23|489|1.2947
CZE|Czechia|442.61|414.23|401.46|3.2133
DEU|Germany|362.92|336.38|329.65|1.947
DJI|Djibouti|450|450||
DMA|Dominica|600|||
DNK|Denmark|151.96|131.77|114.41|3.1935
DOM|Dominican Republic|579.4|567.62|537.48|
DZA|Algeria|633.61|632.94||
ECU|Ecuador|195.42|203.61|159.02|
EGY|Egypt|571.29|574.5|563.23|
ERI|Eritrea|591.84|577.78||
ESP|Spain|169.68|146.22|153.6|6.2088
EST|Estonia|395.47|343.45|319.15|2.1986
ETH|Ethiopia|23.64|23.41|23.08|
FIN|Finland|81.21|66.63|57.47|4.5289
FJI|Fiji|278.26|278.26||
FLK|Falkland Islands|1000|||
FRA|France|53.26|40.48|41.44|3.6737
FRO|Faroe Islands|346.94|||
GAB|Gabon|525.1|523.08||
GBR|United Kingdom|235.63|216.5|217.41|2.329
GEO|Georgia|167.71|145.01|145.93|
GHA|Ghana|452.68|468.89||
GIB|Gibraltar|608.7|590.91||
GIN|Guinea|185|181.14||
GLP|Guadeloupe|497.01|||
GMB|Gambia|666.67|666.67||
GNB|Guinea-Bissau|625|625||
GNQ|Equatorial Guinea|664.34|644.3||
GRC|Greece|336.4|321.65|315.09|5.1451
GRD|Grenada|666.67|666.67||
GRL|Greenland|131.15|150||
GTM|Guatemala|309.86|301.46||
GUF|French Guiana|244.9|||
GUM|Guam|611.11|607.53||
GUY|Guyana|644.93|644.93||
HKG|Hong Kong|674.44|675.48||
HND|Honduras|328.26|322.12||
HRV|Croatia|194.95|170.7|158.5|
HTI|Haiti|505.88|534.88||
HUN|Hungary|196.12|184.47|163.02|3.6874
IDN|Indonesia|680.8|680.25||2.2554
IND|India|713.36|705.4|670.13|3.4368
IRL|Ireland|282.41|270.91|256.54|1.4769
IRN|Iran|641.38|648.68|659.53|
IRQ|Iraq|685.13|683.1||
ISL|Iceland|27.76|27.82||6.1409
ISR|Israel|558.83|540.55|492.69|
ITA|Italy|323.23|281.4|284.78|4.8374
JAM|Jamaica|563.94|563.01||
JOR|Jordan|542.28|529.79||
JPN|Japan|492.45|483.43|477.26|2.3063
KAZ|Kazakhstan|826.66|802.04|805.32|
KEN|Kenya|96.88|85.22|95.44|
KGZ|Kyrgyzstan|139.71|119.21|152.73|
KHM|Cambodia|491.18|538.76|498.87|
KIR|Kiribati|500|500||
KNA|Saint Kitts and Nevis|636.36|608.7||
KOR|South Korea|427.29|415.51|417.06|1.8877
KWT|Kuwait|636.14|635.2|635.31|
LAO|Laos|232.12|232.08||
LBN|Lebanon|449.05|389.51||
LBR|Liberia|295.08|315.79||
LBY|Libya|825.19|826.83||
LCA|Saint Lucia|650|650||
LKA|Sri Lanka|417.33|378.44|329.28|
LTU|Lithuania|118.87|116.37|138.36|5.8994
LUX|Luxembourg|120.57|132.45|123.38|12.7784
LVA|Latvia|119.12|134.28|138.76|2.5526
MAC|Macao|484.85|474.36||
MAR|Morocco|616.35|594.81|596.4|
MDA|Moldova|642.52|634.27|633.12|
MDG|Madagascar|423.39|432.1||
MDV|Maldives|611.77|611.77||
MEX|Mexico|489.05|483.14|474.02|5.3047
MKD|North Macedonia|568.94|510.3|441.35|
MLI|Mali|535.77|538.59||
MLT|Malta|493.62|488.58|484.02|1.1185
MMR|Myanmar|515.64|502.99||
MNE|Montenegro|410.5|422.1|264.23|
MNG|Mongolia|816.65|810.66|816.31|
MOZ|Mozambique|128.76|129.36||
MRT|Mauritania|521.53|512.08||
MSR|Montserrat|1000|1000||
MTQ|Martinique|529.8|||
MUS|Mauritius|633.03|642.23||
MWI|Malawi|54.65|54.65||
MYS|Malaysia|607.88|600.44|601.97|1.6778
NAM|Namibia|47.62|48.78||
NCL|New Caledonia|566.34|560.9||
NER|Niger|680.41|673.68||
NGA|Nigeria|510.26|495.74|455.71|
NIC|Nicaragua|300.89|300.89||
NLD|Netherlands|268.17|250.72|253.56|3.433
NOR|Norway|30.46|29.66|28.11|6.6633
NPL|Nepal|23.36|24.26||
NRU|Nauru|750|600||
NZL|New Zealand|87.2|112.02|92.76|14.9681
OMN|Oman|542.44|542.77|544.47|
OWID_AFR|Africa|543.86664|544.13214||
OWID_ASI|Asia|591.7307|573.3573||
OWID_EU27|European Union (27)|235.84238|211.2029|209.89671|
OWID_EUR|Europe|286.05823|270.63766|271.19|
OWID_HIC|High-income countries|378.21262|368.63446||
OWID_KOS|Kosovo|884.86|924.67|900.94|
OWID_LIC|Low-income countries|295.65738|282.3254||
OWID_LMC|Lower-middle-income countries|625.20825|620.1889||
OWID_NAM|North America|375.16498|369.1179||
OWID_OCE|Oceania|493.84485|494.82062||
OWID_SAM|South America|165.05278|166.83075||
OWID_UMC|Upper-middle-income countries|551.40686|532.12823||
PAK|Pakistan|401.29|373.69|346.56|
PAN|Panama|266.21|221.15||
PER|Peru|291.77|258.73|238.25|
PHL|Philippines|616.12|621.73|588.29|
PNG|Papua New Guinea|513.74|513.74||
POL|Poland|650.68|608.18|588.6|2.5135
PRI|Puerto Rico|660.3|656|654.66|
PRK|North Korea|346.18|340.59||
PRT|Portugal|158.43|110.64|127.91|9.5932
PRY|Paraguay|24.51|24.76|24.7|
PSE|Palestine|423.53|414.14||
PYF|French Polynesia|436.62|430.56||
QAT|Qatar|584.25|581.69|581.52|
REU|Reunion|394.14|||
ROU|Romania|243.2|251.33|250.75|7.3563
RUS|Russia|442.74|445.98|449.73|3.4595
RWA|Rwanda|354.55|353.98||
SAU|Saudi Arabia|697.31|691.95||
SDN|Sudan|146.11|153.69||
SEN|Senegal|557.32|539.97||
SGP|Singapore|500.87|498.74|497.09|
SHN|Saint Helena|1000|||
SLB|Solomon Islands|636.36|636.36||
SLE|Sierra Leone|47.62|47.62||
SLV|El Salvador|135.45|113.32|139.32|
SOM|Somalia|523.81|511.63||
SPM|Saint Pierre and Miquelon|600|||
SRB|Serbia|638.95|666.4|695.8|
SSD|South Sudan|642.86|642.86||
STP|Sao Tome and Principe|555.56|||
SUR|Suriname|317.92|321.84||
SVK|Slovakia|115.14|96.55|94.85|5.7952
SVN|Slovenia|225.08|230.4|183.29|2.9769
SWE|Sweden|38.42|34.91|35.26|6.0315
SWZ|Eswatini|121.21|131.15||
SYC|Seychelles|564.52|555.56||
SYR|Syria|705.44|706.19||
TCA|Turks and Caicos Islands|653.85|629.63||
TCD|Chad|611.11|621.62||
TGO|Togo|436.62|422.54||
THA|Thailand|549.24|554.73|545.74|2.8902
TJK|Tajikistan|74.42|71.17|72.56|
TKM|Turkmenistan|1306.14|1306.27||
TLS|East Timor|666.67|666.67||
TON|Tonga|571.43|571.43||
TTO|Trinidad and Tobago|681.72|681.68||
TUN|Tunisia|560.15|558.26|560.29|
TUR|Turkey|493.73|469.74|474.74|4.9197
TWN|Taiwan|644.18|635.19|633.21|1.4886
TZA|Tanzania|372.75|345.02||
UGA|Uganda|58.93|58.52||
URY|Uruguay|113.11|69.56|80.4|
USA|United States|392.89|383.78|384.4|3.1321
UZB|Uzbekistan|1113.28|1040.12|1000|
VCT|Saint Vincent and the Grenadines|600|600||
VEN|Venezuela|91.86|85.86||
VGB|British Virgin Islands|647.06|||
VIR|United States Virgin Islands|632.35|||
VNM|Vietnam|472.4|484.32|460.73|
VUT|Vanuatu|500|||
WORLD|World|483.18|471.08|458.29|3.908
WSM|Samoa|400|375||
YEM|Yemen|597.66|592.38||
ZAF|South Africa|714.4|717.36|699.29|
ZMB|Zambia|111|119.68||
ZWE|Zimbabwe|392.39|384.02||
africa-south1|Johannesburg|646|656.85||
asia-east1|Taiwan|451|439.29||
asia-east2|Hong Kong|360|505.02||
asia-northeast1|Tokyo|459|452.85||
asia-northeast2|Osaka|385|296.19||
asia-northeast3|Seoul|378|356.57||
asia-south1|Mumbai|648|678.76||
asia-south2|Delhi|529|531.83||
asia-southeast1|Singapore|369|366.85||
asia-southeast2|Jakarta|580|560.55||
australia-southeast1|Sydney|501|497.50||
australia-southeast2|Melbourne|456|454.37||
europe-central2|Warsaw|723|642.88||
europe-north1|Finland|46|39.32||
europe-north2|Stockholm||2.73||
europe-southwest1|Madrid|131|89.04||
europe-west1|Belgium|122|103.37||
europe-west10|Berlin|345|275.82||
europe-west12|Turin|249|201.69||
europe-west2|London|136|105.94||
europe-west3|Frankfurt|345|275.82||
europe-west4|Netherlands|236|208.81||
europe-west6|Zurich|59|15.05||
europe-west8|Milan|249|201.69||
europe-west9|Paris|34|16.30||
me-central1|Doha|575|366||
me-central2|Dammam|569|382.23||
me-west1|Tel Aviv|463|433.75||
northamerica-northeast1|Montréal|2|5.48||
northamerica-northeast2|Toronto|47|58.56||
northamerica-south1|Mexico||305.00||
southamerica-east1|Sāo Paulo|56|67.32||
southamerica-west1|Santiago|138|238.00||
us-central1|Iowa|430|412.72||
us-central2|Oklahoma||372.23||
us-east1|South Carolina|560|575.77||
us-east2|Georgia||340.42||
us-east4|Northern Virginia|322|323.05||
us-east5|Columbus|322|323.05||
us-south1|Dallas|321|302.95||
us-west1|Oregon|94|79.23||
us-west2|Los Angeles|198|169.28||
us-west3|Salt Lake City|588|555.17||
us-west4|Las Vegas|373|357.30||`;

# Initiatives since 2020 with their places, as JSON
curl -sSG 'http://127.0.0.1:8080/odata/Initiatives' \
  --data-urlencode '$filter=startYear ge 2020' \
  --data-urlencode '$orderby=startYear,name' \
  --data-urlencode '$select=id,name,startYear' \
  --data-urlencode '$expand=places($select=name)'

# The same as a table: comma-separated, then for a spreadsheet
curl -sSG 'http://127.0.0.1:8080/odata/Initiatives' --data-urlencode '$filter=startYear ge 2020' \
  --data-urlencode '$select=id,name,startYear' --data-urlencode '$expand=places' --data-urlencode '$format=text/csv'
curl -sSG 'http://127.0.0.1:8080/odata/Initiatives' --data-urlencode '$expand=places,ledBy' \
  --data-urlencode '$format=xlsx' -o initiatives.xlsx

# How many initiatives began in each year
curl -sSG 'http://127.0.0.1:8080/odata/Initiatives' \
  --data-urlencode '$apply=filter(startYear ne null)/groupby((startYear),aggregate($count as initiatives))' \
  --data-urlencode '$orderby=startYear'

# Words in names and texts, whatever their accents
curl -sSG 'http://127.0.0.1:8080/odata/Initiatives' --data-urlencode '$search=musees' --data-urlencode '$select=id,name'

# The same graph in SPARQL
curl -sSG 'http://127.0.0.1:8080/sparql' -H 'Accept: text/csv' --data-urlencode 'query=
PREFIX mxtd: <https://w3id.org/museumxtd/ns#>
SELECT ?year (COUNT(?i) AS ?initiatives) WHERE { ?i a mxtd:Initiative ; mxtd:startYear ?year } GROUP BY ?year ORDER BY ?year'

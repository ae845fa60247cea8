import json
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import pandas as pd

root = "http://127.0.0.1:8080/odata/"


def entities(query, **options):
    """All entities of a query, page after page."""
    url = root + query + "?" + urlencode({"$" + name: value for name, value in options.items()}, quote_via=quote)
    while url:
        with urlopen(url) as answer:
            page = json.load(answer)
        yield from page["value"]
        url = page.get("@odata.nextLink")


# A table in one line
table = pd.read_csv(root + "Initiatives?$select=id,name,startYear&$format=text/csv")
print(table.head())

# Initiatives by place: one row for each place of each initiative
found = list(entities("Initiatives", select="id,name", expand="places($select=name)"))
places = pd.json_normalize(found, record_path="places", meta=["id", "name"], record_prefix="place.")
print(places.groupby("place.name").size().sort_values(ascending=False).to_string())

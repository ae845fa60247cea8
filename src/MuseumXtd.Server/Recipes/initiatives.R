root <- "http://127.0.0.1:8080/odata/"

# A table in one line
initiatives <- read.csv(paste0(root, "Initiatives?$select=id,name,startYear&$format=text/csv"), encoding = "UTF-8")
print(head(initiatives))

# All pages of a query with linked entities
library(jsonlite)
entities <- function(url) {
  pages <- list()
  while (!is.null(url)) {
    page <- fromJSON(url)
    pages[[length(pages) + 1]] <- page$value
    url <- page[["@odata.nextLink"]]
  }
  do.call(rbind, pages)
}
found <- entities(paste0(root, "Initiatives?$select=id,name&$expand=places($select=name)"))
places <- unlist(lapply(found$places, function(p) p$name))
print(sort(table(places), decreasing = TRUE))

# A cube as the constraints read it (RDF Data Cube Vocabulary, section 10.1): first the types and
# properties that follow, then what is attached to a data set or a slice on each observation.
PREFIX qb: <http://purl.org/linked-data/cube#>

INSERT { ?observation a qb:Observation } WHERE {
  { ?observation qb:dataSet ?set } UNION { ?slice qb:observation ?observation }
} ;
INSERT { ?set a qb:DataSet } WHERE {
  { ?observation qb:dataSet ?set } UNION { ?set qb:slice ?slice } UNION { ?set qb:structure ?s }
} ;
INSERT { ?slice a qb:Slice } WHERE { ?set qb:slice ?slice } ;
INSERT { ?component qb:componentProperty ?property . ?property a ?type } WHERE {
  VALUES (?by ?type) {
    (qb:dimension qb:DimensionProperty)
    (qb:measure qb:MeasureProperty)
    (qb:attribute qb:AttributeProperty)
  }
  ?component ?by ?property
} ;

INSERT { ?observation ?property ?value } WHERE {
  ?observation qb:dataSet ?set .
  ?set qb:structure/qb:component ?component .
  ?component qb:componentAttachment qb:DataSet ; qb:componentProperty ?property .
  ?set ?property ?value
} ;
INSERT { ?observation ?property ?value } WHERE {
  ?slice qb:observation ?observation ; qb:sliceStructure/qb:componentProperty ?property ;
         ?property ?value
} ;
INSERT { ?observation ?property ?value } WHERE {
  ?set qb:structure/qb:component ?component ; qb:slice ?slice .
  ?component qb:componentAttachment qb:Slice ; qb:componentProperty ?property .
  ?slice qb:observation ?observation ; ?property ?value
}

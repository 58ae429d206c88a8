/** The public API and model of Almagest. */
module org.almagest.core {
    requires transitive org.locationtech.jts;
    requires static transitive org.jspecify;

    exports org.almagest;
    exports org.almagest.aggregate;
    exports org.almagest.batch;
    exports org.almagest.error;
    exports org.almagest.explain;
    exports org.almagest.geo;
    exports org.almagest.internal.batch;
    exports org.almagest.internal.format;
    exports org.almagest.internal.geo;
    exports org.almagest.internal.json;
    exports org.almagest.internal.row;
    exports org.almagest.internal.value;
    exports org.almagest.model;
    exports org.almagest.query;
    exports org.almagest.query.bound;
    exports org.almagest.query.cql2;
    exports org.almagest.runtime;
    exports org.almagest.schema;
    exports org.almagest.spi;

    uses org.almagest.spi.CatalogProvider;
}

/** The public API and model of Almagest. */
module org.almagest.core {
    requires transitive org.locationtech.jts;
    requires static transitive org.jspecify;
}

package org.almagest.model;

/** What ingest does with a polygon that is invalid by the rules of simple features, such as a bow tie. */
public enum GeometryValidity {
    /** It is stored as given; the form that is indexed and tested is repaired, and the row is counted. */
    REPAIR_INDEX_FORM,
    /** It is refused. */
    STRICT
}

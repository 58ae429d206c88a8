package org.almagest.schema;

import java.util.Optional;

/** The seven geometry types of simple features; the codes are those of WKB and never change. */
public enum GeometryKind {
    /** One position. */
    POINT(1, "Point"),
    /** A sequence of positions. */
    LINE_STRING(2, "LineString"),
    /** A shell with holes. */
    POLYGON(3, "Polygon"),
    /** Points. */
    MULTI_POINT(4, "MultiPoint"),
    /** Lines. */
    MULTI_LINE_STRING(5, "MultiLineString"),
    /** Polygons. */
    MULTI_POLYGON(6, "MultiPolygon"),
    /** Geometries of any type, also nested. */
    GEOMETRY_COLLECTION(7, "GeometryCollection");

    private final int code;
    private final String text;

    GeometryKind(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Returns the WKB type code, 1 to 7. */
    public int code() {
        return code;
    }

    /** Returns the name of GeoJSON and of JTS. */
    public String text() {
        return text;
    }

    /** Returns the kind with this GeoJSON name; case matters. */
    public static Optional<GeometryKind> ofText(String text) {
        for (GeometryKind kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

package org.almagest.geo;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The seven geometry types with their names and WKB codes. */
enum GeometryType {
    POINT(1, "Point", "point"),
    LINE_STRING(2, "LineString", "line"),
    POLYGON(3, "Polygon", "polygon"),
    MULTI_POINT(4, "MultiPoint", "point"),
    MULTI_LINE_STRING(5, "MultiLineString", "line"),
    MULTI_POLYGON(6, "MultiPolygon", "polygon"),
    GEOMETRY_COLLECTION(7, "GeometryCollection", "part");

    private static final GeometryType[] ALL = values();

    private final int code;
    private final String text;
    private final String keyword;
    private final String partWord;

    GeometryType(int code, String text, String partWord) {
        this.code = code;
        this.text = text;
        this.keyword = text.toUpperCase(Locale.ROOT);
        this.partWord = partWord;
    }

    /** Returns the code of WKB. */
    int code() {
        return code;
    }

    /** Returns the name of GeoJSON. */
    String text() {
        return text;
    }

    /** Returns the word of WKT. */
    String keyword() {
        return keyword;
    }

    /** Returns what messages call a part of a geometry of this type. */
    String partWord() {
        return partWord;
    }

    /** Returns the type of the parts of a Multi type; null for the others. */
    @Nullable
    GeometryType partType() {
        return switch (this) {
            case MULTI_POINT -> POINT;
            case MULTI_LINE_STRING -> LINE_STRING;
            case MULTI_POLYGON -> POLYGON;
            default -> null;
        };
    }

    static @Nullable GeometryType ofCode(long code) {
        return code >= 1 && code <= ALL.length ? ALL[(int) code - 1] : null;
    }

    static @Nullable GeometryType ofText(String text) {
        for (GeometryType type : ALL) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }

    static @Nullable GeometryType ofKeyword(String keyword) {
        for (GeometryType type : ALL) {
            if (type.keyword.equals(keyword)) {
                return type;
            }
        }
        return keyword.equals("LINEARRING") ? LINE_STRING : null;
    }
}

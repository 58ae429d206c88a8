package org.almagest.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.almagest.model.Datapoint;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKTWriter;

/** Writes rows so that two have the same text exactly when they are the same: bits of floats, Z, types. */
public final class RowText {
    private RowText() {}

    /** Returns a row as text: time, id, ingestion time, geometry and the values by name. */
    public static String of(Datapoint row) {
        Map<String, String> values = new TreeMap<>();
        row.values().forEach((name, value) -> values.put(name, value(value)));
        return row.time()
                + " " + row.id().map(Object::toString).orElse("no id")
                + " " + row.ingestionTime().map(Object::toString).orElse("never stored")
                + " " + row.geometry().map(RowText::value).orElse("no geometry")
                + " " + values;
    }

    /** Returns a value with its type as text. */
    public static String value(Object value) {
        String type = value.getClass().getSimpleName() + " ";
        if (value instanceof Double) {
            return type + value + " " + Long.toHexString(Double.doubleToLongBits((Double) value));
        }
        if (value instanceof Float) {
            return type + value + " " + Integer.toHexString(Float.floatToIntBits((Float) value));
        }
        if (value instanceof Geometry) {
            return type + new WKTWriter(3).write((Geometry) value);
        }
        if (value instanceof List) {
            List<String> elements = new ArrayList<>();
            for (Object element : (List<?>) value) {
                elements.add(value(element));
            }
            return "List " + elements;
        }
        return type + value;
    }
}

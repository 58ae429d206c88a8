package org.almagest.server.cli.rows;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almagest.geo.Wkt;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.server.cli.output.Console;
import org.almagest.server.cli.output.TablePrinter;
import org.locationtech.jts.geom.Geometry;

/** The values of a datapoint as people read them. */
public final class RowText {
    private RowText() {}

    /** Prints one field a line. */
    public static void print(Console console, Datapoint row) {
        Map<String, String> cells = cells(row);
        int width = cells.keySet().stream().mapToInt(String::length).max().orElse(0);
        cells.forEach((name, text) ->
                console.print(name + " ".repeat(width - name.length() + 2) + TablePrinter.printable(text)));
    }

    /** Returns the text of each field that is set, fixed fields first. */
    public static Map<String, String> cells(Datapoint row) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put(DatasetSchema.TIME, row.time().toString());
        row.id().ifPresent(id -> cells.put(DatasetSchema.ID, id.toString()));
        row.ingestionTime().ifPresent(time -> cells.put(DatasetSchema.INGESTION_TIME, time.toString()));
        row.geometry().ifPresent(geometry -> cells.put(DatasetSchema.GEOMETRY, text(geometry)));
        row.values().forEach((name, value) -> cells.put(name, text(value)));
        return cells;
    }

    private static String text(Object value) {
        if (value instanceof Geometry) {
            return Wkt.write((Geometry) value);
        }
        if (value instanceof Iterable<?>) {
            StringBuilder out = new StringBuilder("[");
            for (Object element : (Iterable<?>) value) {
                out.append(out.length() > 1 ? ", " : "").append(text(element));
            }
            return out.append(']').toString();
        }
        return value instanceof Double || value instanceof Float ? number(value) : value.toString();
    }

    private static boolean isCountable(double value) {
        return Math.abs(value) < 1e15 && Math.abs(value) > 1e-7;
    }

    /** Returns digits without an exponent where a person can still count them. */
    private static String number(Object value) {
        String text = value.toString();
        return text.indexOf('E') >= 0 && isCountable(((Number) value).doubleValue())
                ? new BigDecimal(text).toPlainString()
                : text;
    }
}

package org.almagest.io.stac.collection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonString;
import org.almagest.model.BoundingBox;
import org.almagest.model.Limits;
import org.almagest.query.bound.FieldValues;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** A collection as filters and sort keys see it: a row with its id, words, box, interval and number of items. */
final class CollectionFields implements FieldValues {
    private static final String ID = "collection_id";
    private static final int STEPS = 8;

    /** The fields. */
    static final DatasetSchema SCHEMA = DatasetSchema.spatioTemporal()
            .geometryKinds(EnumSet.allOf(GeometryKind.class))
            .geometryOptional()
            .field(Field.string(ID).from("/collection_id"))
            .field(Field.string("title"))
            .field(Field.string("description"))
            .field(Field.string("license"))
            .field(Field.string("keywords").array())
            .field(Field.timestamp("start_datetime"))
            .field(Field.timestamp("end_datetime"))
            .field(Field.int64("item_count").from("/itemCount"))
            .key(ID)
            .build();

    private final CollectionView view;

    CollectionFields(CollectionView view) {
        this.view = view;
    }

    @Override
    public @Nullable Object value(String field) {
        return switch (field) {
            case ID -> view.place().stacId();
            case "title", "license" -> view.text(field).orElse(null);
            case "description" -> view.description();
            case "keywords" -> keywords();
            case DatasetSchema.TIME, "start_datetime" -> view.extent().first().orElse(null);
            case "end_datetime" -> view.extent().last().orElse(null);
            case "item_count" -> view.count();
            case DatasetSchema.GEOMETRY ->
                view.extent().around().map(CollectionFields::area).orElse(null);
            default -> null;
        };
    }

    private @Nullable List<String> keywords() {
        if (!(view.document().member("keywords") instanceof JsonArray array)) {
            return null;
        }
        List<String> words = new ArrayList<>();
        array.elements().forEach(element -> {
            if (element instanceof JsonString text) {
                words.add(text.value());
            }
        });
        return words;
    }

    /** Tells whether the interval of a collection meets another one; its open ends are. */
    static boolean meets(CollectionView view, Instant start, Instant end) {
        Optional<Instant> first = view.extent().first();
        Optional<Instant> last = view.extent().last();
        return !first.filter(end::isBefore).isPresent()
                && !last.filter(start::isAfter).isPresent();
    }

    /** A box as a ring with many positions, so that no edge is read as going the other way around the globe. */
    private static Geometry area(BoundingBox box) {
        boolean isArea = box.widthDegrees() > 0 && box.north() > box.south();
        if (!isArea) {
            return geometry(
                    "LineString", line(box, box.south(), 0) + "," + position(box, box.widthDegrees(), box.north()));
        }
        String ring = line(box, box.south(), 0) + "," + line(box, box.north(), box.widthDegrees()) + ","
                + position(box, 0, box.south());
        return geometry("Polygon", "[" + ring + "]");
    }

    /** The positions of an edge from west to east, or back where it begins in the east. */
    private static String line(BoundingBox box, double latitude, double from) {
        double to = from == 0 ? box.widthDegrees() : 0;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i <= STEPS; i++) {
            out.append(i == 0 ? "" : ",").append(position(box, from + (to - from) * i / STEPS, latitude));
        }
        return out.toString();
    }

    private static String position(BoundingBox box, double east, double latitude) {
        double longitude = box.west() + east;
        return "[" + (longitude > 180 ? longitude - 360 : longitude) + "," + latitude + "]";
    }

    private static Geometry geometry(String type, String coordinates) {
        String text = "{\"type\":\"" + type + "\",\"coordinates\":[" + coordinates + "]}";
        return GeoJsonGeometry.read(text, Limits.defaults());
    }
}

package org.almagest.io.stac.collection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.error.InvalidRequestException;
import org.almagest.internal.json.CanonicalJson;
import org.almagest.internal.json.JsonArray;
import org.almagest.internal.json.JsonNull;
import org.almagest.internal.json.JsonNumber;
import org.almagest.internal.json.JsonObject;
import org.almagest.internal.json.JsonString;
import org.almagest.internal.json.JsonValue;
import org.almagest.internal.json.ShortestDecimal;
import org.almagest.io.FieldText;
import org.almagest.io.Rfc3339;
import org.almagest.model.BoundingBox;
import org.almagest.model.CollectionInfo;

/**
 * Where and when the items of a collection are: from its datapoints, else from its document. Immutable.
 *
 * @param boxes the boxes, the first around all others; as JSON
 * @param interval the interval in time; as JSON
 * @param around the first box; empty where it cannot be read
 * @param first the earliest time; empty where it is open
 * @param last the latest time; empty where it is open
 */
record CollectionExtent(
        List<String> boxes,
        List<String> interval,
        Optional<BoundingBox> around,
        Optional<Instant> first,
        Optional<Instant> last) {
    private static final int FLAT = 4;
    private static final int WITH_HEIGHTS = 6;

    static CollectionExtent of(CollectionInfo info, JsonObject document) {
        Optional<BoundingBox> bounds = info.bounds();
        List<JsonArray> stated = arrays(member(document, "spatial", "bbox"));
        Optional<BoundingBox> around = bounds;
        List<String> boxes = new ArrayList<>();
        if (bounds.isPresent()) {
            boxes.add(text(bounds.get()));
            List<JsonArray> further = stated.subList(Math.min(1, stated.size()), stated.size());
            boolean inside = further.stream()
                    .allMatch(box -> box(box).filter(inner -> covers(bounds.get(), inner))
                            .isPresent());
            if (inside) {
                further.forEach(box -> boxes.add(CanonicalJson.text(box)));
            }
        } else if (stated.isEmpty()) {
            boxes.add(text(BoundingBox.GLOBE));
            around = Optional.of(BoundingBox.GLOBE);
        } else {
            stated.forEach(box -> boxes.add(CanonicalJson.text(box)));
            around = box(stated.get(0));
        }
        List<JsonArray> intervals = arrays(member(document, "temporal", "interval"));
        Ends ends = Ends.of(intervals);
        boolean isOpen = intervals.size() > 0
                && intervals.get(0).elements().size() > 1
                && intervals.get(0).elements().get(1) instanceof JsonNull;
        Optional<Instant> first = info.extentFirst().or(() -> ends.first);
        Optional<Instant> last = isOpen ? Optional.empty() : info.extentLast().or(() -> ends.last);
        return new CollectionExtent(boxes, List.of(time(first), time(last)), around, first, last);
    }

    /** The ends of the first interval of a document. */
    private record Ends(Optional<Instant> first, Optional<Instant> last) {
        static Ends of(List<JsonArray> intervals) {
            if (intervals.isEmpty() || intervals.get(0).elements().size() < 2) {
                return new Ends(Optional.empty(), Optional.empty());
            }
            List<JsonValue> ends = intervals.get(0).elements();
            return new Ends(instant(ends.get(0)), instant(ends.get(1)));
        }
    }

    private static Optional<Instant> instant(JsonValue value) {
        if (!(value instanceof JsonString text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(FieldText.timestamp(text.value()));
        } catch (InvalidRequestException e) {
            return Optional.empty(); // a document may say what it likes; it is shown, not understood
        }
    }

    private static Optional<JsonValue> member(JsonObject document, String outer, String inner) {
        return document.member("extent") instanceof JsonObject extent && extent.member(outer) instanceof JsonObject part
                ? Optional.ofNullable(part.member(inner))
                : Optional.empty();
    }

    private static List<JsonArray> arrays(Optional<JsonValue> value) {
        List<JsonArray> arrays = new ArrayList<>();
        if (value.isPresent() && value.get() instanceof JsonArray outer) {
            for (JsonValue element : outer.elements()) {
                if (element instanceof JsonArray array) {
                    arrays.add(array);
                }
            }
        }
        return arrays;
    }

    private static Optional<BoundingBox> box(JsonArray array) {
        int size = array.elements().size();
        if (size != FLAT && size != WITH_HEIGHTS || !array.elements().stream().allMatch(JsonNumber.class::isInstance)) {
            return Optional.empty();
        }
        double[] numbers = array.elements().stream()
                .mapToDouble(number -> ((JsonNumber) number).toDouble())
                .toArray();
        int half = size / 2;
        try {
            return Optional.of(BoundingBox.of(numbers[0], numbers[1], numbers[half], numbers[half + 1]));
        } catch (InvalidRequestException e) {
            return Optional.empty();
        }
    }

    /** Tells whether a box holds another one; both may wrap. */
    private static boolean covers(BoundingBox outer, BoundingBox inner) {
        boolean inLatitude = outer.south() <= inner.south() && inner.north() <= outer.north();
        boolean whole = outer.widthDegrees() >= 360;
        double offset = ((inner.west() - outer.west()) % 360 + 360) % 360;
        return inLatitude && (whole || offset + inner.widthDegrees() <= outer.widthDegrees());
    }

    private static String time(Optional<Instant> instant) {
        return instant.map(time -> '"' + Rfc3339.format(time) + '"').orElse("null");
    }

    private static String text(BoundingBox box) {
        return "[" + lower(box.west(), -180) + ',' + lower(box.south(), -90) + ',' + upper(box.east(), 180) + ','
                + upper(box.north(), 90) + ']';
    }

    /** Bounds are kept as float32: the fewest digits that do not lie inside of what they bound. */
    private static String lower(double bound, double least) {
        float candidate = (float) bound;
        if (candidate == bound && bound > least) {
            String digits = Float.toString(candidate);
            if (new BigDecimal(digits).compareTo(BigDecimal.valueOf(bound)) > 0) {
                digits = Float.toString(Math.nextDown(candidate));
            }
            return ShortestDecimal.of(Math.max(least, Double.parseDouble(digits)));
        }
        return ShortestDecimal.of(bound);
    }

    private static String upper(double bound, double most) {
        String negative = lower(-bound, -most);
        return negative.startsWith("-") ? negative.substring(1) : negative.equals("0") ? "0" : "-" + negative;
    }

    String toJson() {
        return "{\"spatial\":{\"bbox\":[" + String.join(",", boxes) + "]},\"temporal\":{\"interval\":[["
                + String.join(",", interval) + "]]}}";
    }
}

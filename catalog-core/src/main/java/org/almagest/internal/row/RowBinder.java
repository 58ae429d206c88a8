package org.almagest.internal.row;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.GeometryChecks;
import org.almagest.model.AntimeridianRule;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;

/**
 * Checks datapoints against a schema and encodes them. Safe for use by several threads.
 *
 * <p>Making one costs some microseconds per field; keep it as long as schema, collection, limits and options stay.
 *
 * <p>A row body, version 1, has the fields that are set in ascending order of their names, one after the other and
 * nothing else. The time is in the id; the ingestion time belongs to the commit. Where the cut form of the geometry is
 * not what was drawn, two bytes stand before the fields: 0, and the flags of the footprint. They are no part of the id.
 *
 * <pre>
 * bytes  part    constraint
 * 1..5   number  of the field, unsigned LEB128 in the shortest form; {@code geometry} is 4
 * …      value   as {@link ValueCodec} writes it
 * </pre>
 */
public final class RowBinder {
    static final long TIME_SECONDS_MIN = ValueCodec.TIMESTAMP_SECONDS_MIN;
    static final long TIME_SECONDS_MAX = Instant.parse("5999-12-31T23:59:59Z").getEpochSecond();

    /** What the engine generates anew; rows copied from a query result may still have it. */
    private static final Set<String> IGNORED = Set.of(DatasetSchema.ID, DatasetSchema.INGESTION_TIME);

    private final RowLayout layout;
    private final UUID collectionId;
    private final Limits limits;
    private final AntimeridianCut cut;
    private final Set<GeometryKind> geometryKinds;
    private final boolean takesPolygons;
    private final boolean geometryRequired;
    private final AtomicReference<@Nullable BoundRows> idle = new AtomicReference<>();

    /** Creates a binder for one collection; the fields of the schema must be numbered. */
    public RowBinder(DatasetSchema schema, UUID collectionId, Limits limits, IngestOptions options) {
        this.layout = RowLayout.of(schema);
        this.collectionId = collectionId;
        this.limits = limits;
        this.cut = AntimeridianCut.of(limits).reading(options.antimeridian()).treating(options.validity());
        this.geometryKinds = schema.geometryKinds();
        this.takesPolygons = geometryKinds.contains(GeometryKind.POLYGON);
        this.geometryRequired = schema.isGeometryRequired();
    }

    /**
     * Returns room for rows that this binder binds.
     *
     * @param rowsExpected how many, about
     * @param bytesExpected how many bytes their bodies have, about; 0 where that is not known
     */
    public BoundRows newRows(int rowsExpected, int bytesExpected) {
        return new BoundRows(layout, limits, rowsExpected, bytesExpected);
    }

    /**
     * Returns the datapoint encoded.
     *
     * @param row its number in the call, from 0, for messages
     * @throws InvalidRequestException if a field is unknown, missing or of another type; names row and field
     * @throws LimitExceededException if the row or a value in it is too large; names row and field
     */
    public BoundRow bind(int row, Datapoint datapoint) {
        BoundRows reused = idle.getAndSet(null);
        BoundRows rows = reused == null ? newRows(1, 0) : reused;
        try {
            bind(row, datapoint, rows);
            byte[] body = rows.bodies.toArray();
            Geometry placed = rows.placed();
            return new BoundRow(
                    new DatapointId(rows.idHigh(0), rows.idLow(0)),
                    body,
                    layout.keySlot() == RowLayout.NO_SLOT
                            ? null
                            : key(layout.slot(layout.keySlot()), body, rows.keyStart(0), rows.keyEnd(0)),
                    placed == null ? null : cutOf(datapoint).footprint(placed.copy()));
        } finally {
            rows.clear();
            idle.set(rows);
        }
    }

    /**
     * Encodes a datapoint behind the rows that are there; after an error only those are there.
     *
     * @param row its number in the call, from 0
     * @param rows made by {@link #newRows}
     * @throws InvalidRequestException if a field is unknown, missing or of another type; names row and field
     * @throws LimitExceededException if the row or a value in it is too large; names row and field
     */
    public void bind(int row, Datapoint datapoint, BoundRows rows) {
        rows.begin(row);
        boolean bound = false;
        try {
            long timeMillis = timeMillis(rows, datapoint);
            rows.hash.beginDatapoint(collectionId);
            writeFields(rows, datapoint);
            rows.end(rows.hash.toDatapointId(timeMillis));
            bound = true;
        } finally {
            if (!bound) {
                rows.abandon();
            }
        }
    }

    private void writeFields(BoundRows rows, Datapoint datapoint) {
        rows.order.begin();
        datapoint.values().forEach(rows.order);
        boolean keyed = false;
        int start = -1;
        int end = -1;
        for (int i = 0; i < layout.slotCount(); i++) {
            if (i == layout.geometrySlot()) {
                writeGeometry(rows, datapoint);
                continue;
            }
            Object value = rows.values[i];
            if (value == null) {
                continue;
            }
            rows.values[i] = null;
            int at = write(rows, i, value);
            keyed |= i == layout.keySlot() && at >= 0;
            start = i == layout.extentStartSlot() ? at : start;
            end = i == layout.extentEndSlot() ? at : end;
        }
        if (rows.order.unknown() > 0) {
            refuseUnknown(rows.place, datapoint.values());
        }
        checkPresence(rows.place, datapoint, keyed);
        if (start >= 0 && end >= 0) {
            checkExtent(rows, start, end);
        }
    }

    private static long timeMillis(BoundRows rows, Datapoint datapoint) {
        rows.place.field(DatasetSchema.TIME);
        if (!datapoint.hasTime()) {
            throw rows.place.refused("unset (expected a time)");
        }
        Instant time = datapoint.time();
        if (time.getEpochSecond() < TIME_SECONDS_MIN || time.getEpochSecond() > TIME_SECONDS_MAX) {
            throw rows.place.refused("out of range (expected years 0001 to 5999)");
        }
        return time.toEpochMilli();
    }

    /** Writes a field and returns where its value begins, or a negative number where it counts as unset. */
    private int write(BoundRows rows, int slotIndex, Object value) {
        Slot slot = layout.slot(slotIndex);
        RowBuffer body = rows.bodies;
        int mark = body.length();
        body.putBytes(slot.numberBytes());
        int start = body.length();
        if (!rows.encoder.write(slot, value)) {
            body.truncate(mark);
            return -1;
        }
        rows.hash.putField(slot, body.bytes(), start, body.length());
        if (slotIndex == layout.keySlot()) {
            rows.key(slot, start, body.length());
        }
        return start;
    }

    private AntimeridianCut cutOf(Datapoint datapoint) {
        Optional<AntimeridianRule> rule = datapoint.antimeridian();
        return rule.isEmpty() ? cut : cut.reading(rule.get());
    }

    private void writeGeometry(BoundRows rows, Datapoint datapoint) {
        Object given = datapoint.rawGeometry().orElse(null);
        if (given != null && write(rows, layout.geometrySlot(), given) >= 0) {
            checkKind(rows);
            GeometryValues geometries = rows.encoder.geometries();
            rows.placed(geometries.last(), geometries.footprint(cutOf(datapoint), rows.boxes(), rows.boxOffset()));
        } else if (geometryRequired) {
            rows.place.field(DatasetSchema.GEOMETRY);
            throw rows.place.refused((given == null ? "unset" : "empty") + " (expected a geometry)");
        }
    }

    private void checkKind(BoundRows rows) {
        Geometry geometry = Objects.requireNonNull(rows.encoder.geometries().last());
        if (geometry instanceof Polygon && takesPolygons) {
            return;
        }
        String type = GeometryChecks.typeName(geometry);
        if (!geometryKinds.contains(GeometryKind.ofText(type).orElseThrow())) {
            String expected = geometryKinds.stream().map(GeometryKind::text).collect(Collectors.joining(", "));
            throw rows.place.refused(type + " (expected " + expected + ")");
        }
    }

    private void checkPresence(InputPlace place, Datapoint datapoint, boolean keyed) {
        if (layout.geometrySlot() == RowLayout.NO_SLOT
                && datapoint.rawGeometry().isPresent()) {
            place.field(DatasetSchema.GEOMETRY);
            throw place.refused("unknown (datapoints of this dataset have no place)");
        }
        if (layout.keySlot() != RowLayout.NO_SLOT && !keyed) {
            place.field(layout.slot(layout.keySlot()).name());
            throw place.refused("unset (expected a value, it is the key)");
        }
    }

    private void checkExtent(BoundRows rows, int startAt, int endAt) {
        Instant start = ValueCodec.timestampAt(rows.bodies.bytes(), startAt);
        Instant end = ValueCodec.timestampAt(rows.bodies.bytes(), endAt);
        if (end.isBefore(start)) {
            String startField = layout.slot(layout.extentStartSlot()).name();
            rows.place.field(layout.slot(layout.extentEndSlot()).name());
            throw rows.place.refused(
                    "before the start of the extent (expected at or after field " + Quoted.text(startField) + ")");
        }
    }

    private void refuseUnknown(InputPlace place, Map<String, Object> values) {
        for (String name : values.keySet()) {
            int slot = layout.slotNamed(name);
            boolean known = slot != RowLayout.NO_SLOT && slot != layout.geometrySlot();
            if (known || IGNORED.contains(name)) {
                continue;
            }
            place.field(name);
            throw place.refused(
                    slot == RowLayout.NO_SLOT && !name.equals(DatasetSchema.TIME)
                            ? "unknown (expected a field of the dataset)"
                            : "given as a custom field (expected as the datapoint's own " + name + ")");
        }
    }

    static byte[] key(Slot slot, byte[] bytes, int start, int end) {
        byte[] key = new byte[1 + end - start];
        key[0] = (byte) slot.field().typeCode();
        System.arraycopy(bytes, start, key, 1, end - start);
        return key;
    }

    /**
     * Returns a key as {@link BoundRow#key()} has it, so that a datapoint can be looked up.
     *
     * @throws InvalidRequestException if the schema has no key or the value is not of the key's type
     */
    public static byte[] encodeKey(DatasetSchema schema, Object value) {
        Field field =
                schema.key().orElseThrow(() -> new InvalidRequestException("key", "the dataset has no key field"));
        Slot slot = new Slot(field);
        byte[] encoded = ValueCodec.encode(slot, value);
        return key(slot, encoded, 0, encoded.length);
    }
}

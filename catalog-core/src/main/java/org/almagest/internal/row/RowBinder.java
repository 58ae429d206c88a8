package org.almagest.internal.row;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.error.Quoted;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.GeometryChecks;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.IngestOptions;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.GeometryKind;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

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
    private final boolean geometryRequired;
    private final AtomicReference<@Nullable Scratch> idle = new AtomicReference<>();

    /** Creates a binder for one collection; the fields of the schema must be numbered. */
    public RowBinder(DatasetSchema schema, UUID collectionId, Limits limits, IngestOptions options) {
        this.layout = RowLayout.of(schema);
        this.collectionId = collectionId;
        this.limits = limits;
        this.cut = AntimeridianCut.of(limits).reading(options.antimeridian()).treating(options.validity());
        this.geometryKinds = schema.geometryKinds();
        this.geometryRequired = schema.isGeometryRequired();
    }

    /** What encoding a row writes to; kept between rows, used by one thread at a time. */
    private final class Scratch {
        private final InputPlace place = new InputPlace();
        private final RowBuffer body = new RowBuffer(place);
        private final ValueEncoder encoder = new ValueEncoder(limits, place, body);
        private final IdHash hash = new IdHash();
        private byte @Nullable [] key;
        private @Nullable Footprint footprint;
        private @Nullable Instant extentStart;
        private @Nullable Instant extentEnd;
    }

    /**
     * Returns the datapoint encoded.
     *
     * @param row its number in the call, from 0, for messages
     * @throws InvalidRequestException if a field is unknown, missing or of another type; names row and field
     * @throws LimitExceededException if the row or a value in it is too large; names row and field
     */
    public BoundRow bind(int row, Datapoint datapoint) {
        Scratch reused = idle.getAndSet(null);
        Scratch scratch = reused == null ? new Scratch() : reused;
        try {
            return bind(scratch, row, datapoint);
        } finally {
            scratch.body.clear();
            scratch.key = null;
            scratch.footprint = null;
            scratch.extentStart = null;
            scratch.extentEnd = null;
            idle.set(scratch);
        }
    }

    private BoundRow bind(Scratch scratch, int row, Datapoint datapoint) {
        scratch.place.row(row);
        long timeMillis = timeMillis(scratch, datapoint);
        scratch.hash.beginDatapoint(collectionId);
        Map<String, Object> values = datapoint.values();
        int known = 0;
        for (int i = 0; i < layout.slotCount(); i++) {
            if (i == layout.geometrySlot()) {
                writeGeometry(scratch, datapoint);
                continue;
            }
            Object value = values.get(layout.slot(i).name());
            if (value != null) {
                known++;
                write(scratch, i, value);
            }
        }
        if (known != values.size()) {
            refuseUnknown(scratch.place, values);
        }
        checkPresence(scratch, datapoint);
        checkExtent(scratch);
        DatapointId id = scratch.hash.toDatapointId(timeMillis);
        Footprint footprint = scratch.footprint;
        byte[] body = footprint == null || footprint.flags() == 0
                ? scratch.body.toArray()
                : withFlags(footprint.flags(), scratch.body);
        return new BoundRow(id, body, scratch.key, footprint);
    }

    /** Returns the body with the flags of its geometry before the fields; they are no part of the id. */
    private static byte[] withFlags(int flags, RowBuffer fields) {
        byte[] body = new byte[RowReader.FLAGS_BYTES + fields.length()];
        body[0] = RowReader.FLAGS_NUMBER;
        body[1] = (byte) flags;
        System.arraycopy(fields.bytes(), 0, body, RowReader.FLAGS_BYTES, fields.length());
        return body;
    }

    private static long timeMillis(Scratch scratch, Datapoint datapoint) {
        scratch.place.field(DatasetSchema.TIME);
        if (!datapoint.hasTime()) {
            throw scratch.place.refused("unset (expected a time)");
        }
        Instant time = datapoint.time();
        if (time.getEpochSecond() < TIME_SECONDS_MIN || time.getEpochSecond() > TIME_SECONDS_MAX) {
            throw scratch.place.refused("out of range (expected years 0001 to 5999)");
        }
        return time.toEpochMilli();
    }

    private boolean write(Scratch scratch, int slotIndex, Object value) {
        Slot slot = layout.slot(slotIndex);
        RowBuffer body = scratch.body;
        int mark = body.length();
        body.putBytes(slot.numberBytes());
        int start = body.length();
        if (!scratch.encoder.write(slot, value)) {
            body.truncate(mark);
            return false;
        }
        scratch.hash.putField(slot, body.bytes(), start, body.length());
        if (slotIndex == layout.keySlot()) {
            scratch.key = key(slot, body.bytes(), start, body.length());
        }
        if (slotIndex == layout.extentStartSlot()) {
            scratch.extentStart = ValueCodec.timestampAt(body.bytes(), start);
        }
        if (slotIndex == layout.extentEndSlot()) {
            scratch.extentEnd = ValueCodec.timestampAt(body.bytes(), start);
        }
        return true;
    }

    private void writeGeometry(Scratch scratch, Datapoint datapoint) {
        Object given = datapoint.rawGeometry().orElse(null);
        boolean set = given != null && write(scratch, layout.geometrySlot(), given);
        if (set) {
            checkKind(scratch);
            scratch.footprint = scratch.encoder.geometries().footprint(cut);
        } else if (geometryRequired) {
            scratch.place.field(DatasetSchema.GEOMETRY);
            throw scratch.place.refused((given == null ? "unset" : "empty") + " (expected a geometry)");
        }
    }

    private void checkKind(Scratch scratch) {
        Geometry geometry = Objects.requireNonNull(scratch.encoder.geometries().last());
        String type = GeometryChecks.typeName(geometry);
        if (!geometryKinds.contains(GeometryKind.ofText(type).orElseThrow())) {
            String expected = geometryKinds.stream().map(GeometryKind::text).collect(Collectors.joining(", "));
            throw scratch.place.refused(type + " (expected " + expected + ")");
        }
    }

    private void checkPresence(Scratch scratch, Datapoint datapoint) {
        if (layout.geometrySlot() == RowLayout.NO_SLOT
                && datapoint.rawGeometry().isPresent()) {
            scratch.place.field(DatasetSchema.GEOMETRY);
            throw scratch.place.refused("unknown (datapoints of this dataset have no place)");
        }
        if (layout.keySlot() != RowLayout.NO_SLOT && scratch.key == null) {
            scratch.place.field(layout.slot(layout.keySlot()).name());
            throw scratch.place.refused("unset (expected a value, it is the key)");
        }
    }

    private void checkExtent(Scratch scratch) {
        Instant start = scratch.extentStart;
        Instant end = scratch.extentEnd;
        if (start != null && end != null && end.isBefore(start)) {
            String startField = layout.slot(layout.extentStartSlot()).name();
            scratch.place.field(layout.slot(layout.extentEndSlot()).name());
            throw scratch.place.refused(
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

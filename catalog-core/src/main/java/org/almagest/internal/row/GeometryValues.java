package org.almagest.internal.row;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.almagest.error.CorruptSectionException;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.geo.AntimeridianCut;
import org.almagest.geo.Footprint;
import org.almagest.geo.GeoJsonGeometry;
import org.almagest.geo.GeometryChecks;
import org.almagest.geo.PlainFootprint;
import org.almagest.geo.Wkb;
import org.almagest.geo.Wkt;
import org.almagest.model.BoundingBox;
import org.almagest.model.Bytes;
import org.almagest.model.Json;
import org.almagest.model.Limits;
import org.almagest.schema.DatasetSchema;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Reads geometries in any form that users give and writes them as canonical WKB. */
final class GeometryValues {
    private static final String SUBJECT = "geometry";

    private final Limits limits;
    private final InputPlace place;
    private final RowBuffer out;
    private final PlainFootprint plain;
    private @Nullable Geometry last;
    private boolean lastIsPlain;

    GeometryValues(Limits limits, InputPlace place, RowBuffer out) {
        this.limits = limits;
        this.place = place;
        this.out = out;
        this.plain = new PlainFootprint(limits);
    }

    /** Returns the geometry that {@link #write} wrote last, or refused as empty. */
    @Nullable
    Geometry last() {
        return last;
    }

    /** Writes a geometry, or returns false where it is empty. */
    boolean write(Slot slot, Object value) {
        last = null;
        if (value instanceof Json && ((Json) value).isNull()) {
            return false;
        }
        if (value instanceof Geometry && plain.take((Geometry) value)) {
            writePlain((Geometry) value);
            return true;
        }
        Geometry geometry = checked(slot, value);
        if (!(value instanceof Geometry) && plain.take(geometry)) {
            writePlain(geometry);
            return true;
        }
        last = geometry;
        lastIsPlain = false;
        if (GeometryChecks.isUnset(geometry)) {
            return false;
        }
        byte[] wkb = Wkb.write(geometry);
        if (wkb.length > limits.geometryBytesMax()) {
            throw place.exceeded("bytes", "geometryBytesMax", wkb.length, limits.geometryBytesMax());
        }
        out.putInt(wkb.length);
        out.putBytes(wkb);
        return true;
    }

    private void writePlain(Geometry geometry) {
        last = geometry;
        lastIsPlain = true;
        int bytes = plain.wkbBytes();
        out.putInt(bytes);
        int start = out.reserve(bytes);
        plain.putWkb(out.bytes(), start);
    }

    /**
     * Puts the index box of the geometry that was written last where a caller wants it, and returns the flags of its
     * footprint.
     */
    int footprint(AntimeridianCut cut, float[] box, int offset) {
        if (lastIsPlain && plain.isSurelyValid()) {
            plain.putIndexBox(box, offset);
            return cut.plainFlags();
        }
        Footprint footprint = footprint(cut, Objects.requireNonNull(last));
        BoundingBox index = footprint.indexBox();
        // The sides of an index box are float32 values already, rounded outwards.
        box[offset] = (float) index.west();
        box[offset + 1] = (float) index.south();
        box[offset + 2] = (float) index.east();
        box[offset + 3] = (float) index.north();
        return footprint.flags();
    }

    private Geometry checked(Slot slot, Object value) {
        try {
            if (value instanceof Geometry) {
                GeometryChecks.check((Geometry) value, limits);
                return (Geometry) value;
            }
            if (value instanceof Bytes) {
                return Wkb.read(((Bytes) value).toArray(), limits);
            }
            if (value instanceof byte[]) {
                return Wkb.read((byte[]) value, limits);
            }
            if (value instanceof Json) {
                return GeoJsonGeometry.read(((Json) value).text(), limits);
            }
            if (value instanceof CharSequence) {
                return ofText(value.toString());
            }
        } catch (InvalidRequestException e) {
            throw placed(e);
        } catch (LimitExceededException e) {
            throw placed(e);
        }
        throw InputTypes.wrongType(slot, value, place);
    }

    private Geometry ofText(String text) {
        boolean json = text.stripLeading().startsWith("{");
        return json ? GeoJsonGeometry.read(text, limits) : Wkt.read(text, limits);
    }

    private Footprint footprint(AntimeridianCut cut, Geometry geometry) {
        place.field(DatasetSchema.GEOMETRY);
        try {
            return cut.footprint(geometry);
        } catch (InvalidRequestException e) {
            throw placed(e);
        } catch (LimitExceededException e) {
            throw placed(e);
        }
    }

    private InvalidRequestException placed(InvalidRequestException e) {
        String what = what(e.subject());
        return new InvalidRequestException(place.subject() + (what.isEmpty() ? "" : ": " + what), e.problem(), e);
    }

    private LimitExceededException placed(LimitExceededException e) {
        return place.exceeded(what(e.subject()), e.limitName(), e.actual(), e.limit());
    }

    /** Returns what a geometry's own message says beyond that it is about a geometry: the field says so already. */
    private static String what(String subject) {
        if (subject.equals(SUBJECT)) {
            return "";
        }
        return subject.startsWith(SUBJECT + ": ") ? subject.substring(SUBJECT.length() + 2) : subject;
    }

    /** Returns the geometry of canonical WKB that was stored. */
    static Geometry read(byte[] bytes, int start, int end) throws CorruptSectionException {
        try {
            return Wkb.readCanonical(ByteBuffer.wrap(bytes, start, end - start));
        } catch (InvalidRequestException e) {
            throw ValueCodec.corrupt(e.getMessage(), start);
        }
    }
}

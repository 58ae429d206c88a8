package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import org.almagest.error.CorruptSectionException;
import org.almagest.geo.Wkt;
import org.almagest.model.Bytes;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Json;
import org.almagest.model.Uint64;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.almagest.testing.Faults;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

/** Random rows of random schemas against what they were made of. */
class RowRoundTripTest {
    private static final Duration LONGEST = Duration.ofSeconds(315_576_000_000L);

    @Test
    void whatWasBoundIsReadBack() {
        Seeded.repeat(1_000, random -> {
            DatasetSchema schema = schema(random);
            Datapoint given = row(random, schema);
            BoundRow bound = Rows.bind(schema, given);
            Datapoint read = Rows.read(schema, bound);
            assertEquals(given, unstored(read));
            assertArrayEquals(bound.body(), Rows.bind(schema, read).body());
            assertEquals(bound.id(), ContentId.datapointId(Rows.COLLECTION, bound.timeMillis(), schema, bound.body()));
        });
    }

    private static Datapoint unstored(Datapoint read) {
        Datapoint.Builder plain = Datapoint.at(read.time());
        read.geometry().ifPresent(plain::geometry);
        read.values().forEach(plain::set);
        return plain.build();
    }

    @Test
    void valuesAloneAreReadBack() {
        Seeded.repeat(1_000, random -> {
            Field field = field(random, "x");
            Object value = value(random, field);
            byte[] bytes = ValueCodec.encode(field, value);
            assertEquals(bytes.length, ValueCodec.endOf(field, bytes, 0, bytes.length));
            assertArrayEquals(bytes, ValueCodec.encode(field, ValueCodec.decode(field, bytes, 0, bytes.length)));
        });
    }

    @Test
    void theOrderOfFieldsInInputAndSchemaIsNoContent() {
        Seeded.repeat(200, random -> {
            DatasetSchema schema = schema(random);
            Datapoint given = row(random, schema);
            List<Field> fields = new ArrayList<>(schema.fields());
            Collections.shuffle(fields, new Random(random.nextLong()));
            DatasetSchema.Builder other = DatasetSchema.spatioTemporal().geometryOptional();
            Datapoint.Builder permuted = Datapoint.at(given.time());
            given.geometry().ifPresent(permuted::geometry);
            for (Field field : fields) {
                other.field(field.numbered(Field.UNNUMBERED));
                permuted.set(field.name(), given.values().get(field.name()));
            }
            assertEquals(
                    Rows.bind(schema, given).id(),
                    Rows.bind(other.build().numbered(), permuted.build()).id());
        });
    }

    @Test
    void addingFieldsChangesNoId() {
        Seeded.repeat(200, random -> {
            DatasetSchema schema = schema(random);
            Datapoint given = row(random, schema);
            DatasetSchema.Builder grown = schema.toBuilder();
            for (int i = 0; i < 5; i++) {
                grown.field(field(random, "added" + i + (char) ('a' + random.nextInt(26))));
            }
            BoundRow before = Rows.bind(schema, given);
            DatasetSchema after = grown.build().numbered();
            assertEquals(before.id(), Rows.bind(after, given).id());
            assertEquals(Rows.read(schema, before), Rows.read(after, before));
        });
    }

    @Test
    void damageIsRefusedByNameOrReadAsAnotherRow() {
        Seeded.repeat(300, random -> {
            DatasetSchema schema = schema(random);
            byte[] damaged = Rows.bind(schema, row(random, schema)).body();
            for (int i = 0; i <= random.nextInt(4) && damaged.length > 0; i++) {
                damaged = Faults.bitFlipped(damaged, random.nextInt(damaged.length * Byte.SIZE));
            }
            try {
                Rows.reader(schema, damaged).datapoint(new DatapointId(0, 0), 0, null);
            } catch (CorruptSectionException refusal) {
                assertEquals("row", refusal.resource());
            }
        });
    }

    private static DatasetSchema schema(SplittableRandom random) {
        DatasetSchema.Builder schema = DatasetSchema.spatioTemporal().geometryOptional();
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            schema.field(field(random, (char) ('a' + random.nextInt(26)) + "_" + i));
        }
        return schema.build().numbered();
    }

    private static Field field(SplittableRandom random, String name) {
        TypeKind kind = TypeKind.values()[random.nextInt(TypeKind.values().length)];
        Field field = kind == TypeKind.ENUM ? Field.enumeration(name, Rows.MODES) : Field.of(name, kind);
        return random.nextBoolean() ? field : field.array();
    }

    private static Datapoint row(SplittableRandom random, DatasetSchema schema) {
        Datapoint.Builder row =
                Datapoint.at(Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 127_174_492_800_000L)));
        if (random.nextBoolean()) {
            row.geometry(Wkt.read(
                    "POINT (" + random.nextInt(-180, 181) + " " + random.nextDouble(-90, 90) + ")", Rows.LIMITS));
        }
        for (Field field : schema.fields()) {
            if (random.nextInt(4) > 0) {
                row.set(field.name(), value(random, field));
            }
        }
        return row.build();
    }

    private static Object value(SplittableRandom random, Field field) {
        if (!field.isArray()) {
            return scalar(random, field.kind());
        }
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            elements.add(scalar(random, field.kind()));
        }
        return elements;
    }

    private static Object scalar(SplittableRandom random, TypeKind kind) {
        return switch (kind) {
            case STRING -> text(random);
            case BYTES -> Bytes.of(text(random).getBytes(StandardCharsets.UTF_16));
            case BOOL -> random.nextBoolean();
            case INT64 -> random.nextLong();
            case UINT64 -> Uint64.ofBits(random.nextLong());
            case FLOAT64 -> Double.longBitsToDouble(random.nextLong());
            case DURATION ->
                Duration.ofSeconds(
                        random.nextLong(-LONGEST.getSeconds(), LONGEST.getSeconds()), random.nextInt(1_000_000_000));
            case TIMESTAMP ->
                Instant.ofEpochSecond(
                        random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case GEOMETRY -> Wkt.read("LINESTRING Z (0 0 1, " + random.nextInt(180) + " 1 2)", Rows.LIMITS);
            case INT32 -> random.nextInt();
            case FLOAT32 -> Float.intBitsToFloat(random.nextInt());
            case ENUM -> Rows.MODES[random.nextInt(Rows.MODES.length)];
            case JSON -> Json.parse("{\"k\":[" + random.nextInt() + ",true]}");
        };
    }

    private static String text(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            int codePoint = random.nextInt(1 << random.nextInt(1, 21));
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            out.appendCodePoint(surrogate ? 'x' : codePoint);
        }
        return out.toString();
    }
}

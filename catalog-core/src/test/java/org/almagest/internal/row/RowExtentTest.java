package org.almagest.internal.row;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.almagest.error.CorruptSectionException;
import org.almagest.model.Datapoint;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.almagest.schema.TypeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowExtentTest {
    private static final DatasetSchema SCHEMA = DatasetSchema.temporal()
            .field(Field.of("first", TypeKind.TIMESTAMP))
            .field(Field.of("last", TypeKind.TIMESTAMP))
            .extent("first", "last")
            .build()
            .numbered();

    private static void check(long start, long end, Datapoint row) throws CorruptSectionException {
        RowExtent extent = new RowExtent(SCHEMA.extent().orElseThrow());
        extent.read(Rows.reader(SCHEMA, Rows.bind(SCHEMA, row).body()), Rows.TIME.toEpochMilli());
        assertEquals(start, extent.startMillis());
        assertEquals(end, extent.endMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:01.000Z, 1000, 1000",
        "1970-01-01T00:00:01.000000001Z, 1000, 1001",
        "1969-12-31T23:59:59.999999999Z, -1, 0",
        "1969-12-31T23:59:59.999Z, -1, -1",
        "0001-01-01T00:00:00Z, -62135596800000, -62135596800000",
        "9999-12-31T23:59:59.999999999Z, 253402300799999, 253402300800000",
    })
    void coversTheInstantsInWholeMilliseconds(Instant instant, long floor, long ceiling)
            throws CorruptSectionException {
        check(
                floor,
                ceiling,
                Datapoint.at(Rows.TIME)
                        .set("first", instant)
                        .set("last", instant)
                        .build());
    }

    @Test
    void anEndThatIsUnsetIsTheTime() throws CorruptSectionException {
        long time = Rows.TIME.toEpochMilli();
        check(time, time, Datapoint.at(Rows.TIME).build());
        check(0, time, Datapoint.at(Rows.TIME).set("first", Instant.EPOCH).build());
        check(0, time, Datapoint.at(Rows.TIME).set("last", Instant.EPOCH).build());
        Instant later = Rows.TIME.plusMillis(5);
        check(time, time + 5, Datapoint.at(Rows.TIME).set("first", later).build());
    }
}

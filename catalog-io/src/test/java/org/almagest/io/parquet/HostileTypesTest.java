package org.almagest.io.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Limits;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;

class HostileTypesTest {
    private static Type column(String declaration) {
        return MessageTypeParser.parseMessageType("message m { " + declaration + " }")
                .getType(0);
    }

    private static ScalarType scalar(String declaration) {
        return ScalarType.of(column(declaration).asPrimitiveType(), false);
    }

    @Test
    void decimalsOfEndlessZerosAreRefusedWithTheColumn() {
        assertEquals(
                "column \"d\": decimal: digits: 2000000000 (at most 1000)",
                assertThrows(
                                LimitExceededException.class,
                                () -> scalar("optional binary d (DECIMAL(2000000000,2000000000));"))
                        .getMessage());
        ScalarType most = scalar("optional binary d (DECIMAL(1000,1000));");
        assertEquals(
                1_002,
                most.decoding()
                        .decode(new byte[] {1}, Limits.defaults())
                        .toString()
                        .length());
        assertEquals(
                "decimal: 0 bytes (expected 1 to 1000)",
                assertThrows(
                                InvalidRequestException.class,
                                () -> most.decoding().decode(new byte[0], Limits.defaults()))
                        .getMessage());
    }

    @Test
    void timesOfDayDoNotWrap() {
        assertEquals(
                Duration.ofSeconds(Long.MAX_VALUE / 1_000_000, Long.MAX_VALUE % 1_000_000 * 1_000),
                scalar("optional int64 t (TIME(MICROS,true));").decoding().decode(Long.MAX_VALUE, Limits.defaults()));
    }

    @Test
    void columnsOfGeometriesAreBytes() {
        FileFacts.requireBytes(column("optional binary g;"), "WKB");
        assertEquals(
                "column \"g\": a group (expected WKB in BINARY)",
                assertThrows(
                                InvalidRequestException.class,
                                () -> FileFacts.requireBytes(column("optional group g { optional double x; }"), "WKB"))
                        .getMessage());
        assertEquals(
                "column \"g\": INT64 (expected WKB in BINARY)",
                assertThrows(
                                InvalidRequestException.class,
                                () -> FileFacts.requireBytes(column("optional int64 g;"), "WKB"))
                        .getMessage());
    }
}

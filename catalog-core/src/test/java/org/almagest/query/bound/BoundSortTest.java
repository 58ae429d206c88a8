package org.almagest.query.bound;

import static org.almagest.testing.Failures.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.almagest.error.InvalidRequestException;
import org.almagest.error.LimitExceededException;
import org.almagest.model.Bytes;
import org.almagest.model.DatapointId;
import org.almagest.model.EnumValue;
import org.almagest.model.Limits;
import org.almagest.model.Uint64;
import org.almagest.query.PageToken;
import org.almagest.query.Query;
import org.almagest.query.SortKey;
import org.almagest.schema.DatasetSchema;
import org.almagest.schema.Field;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundSortTest {
    private static final Limits LIMITS = Limits.defaults().with("sortFieldsMax", 2);
    private static final DatasetSchema ONE = DatasetSchema.spatioTemporal()
            .field(Field.int64("number"))
            .field(Field.string("tags").array())
            .field(Field.json("notes"))
            .field(Field.string("mixed").array())
            .build();
    private static final DatasetSchema OTHER =
            DatasetSchema.temporal().field(Field.string("mixed")).build();

    /** In ascending order, classes one after the other; the last is unset. */
    private static final List<@Nullable Object> VALUES = Collections.unmodifiableList(Arrays.asList(
            Double.NEGATIVE_INFINITY,
            Long.MIN_VALUE,
            -1.5f,
            -1,
            0,
            Double.MIN_VALUE,
            0.1,
            0.1f,
            9007199254740992.0,
            9007199254740993L,
            Long.MAX_VALUE,
            0x1p63,
            Uint64.ofBits(Long.MIN_VALUE + 1),
            Uint64.ofBits(-1),
            0x1p64,
            Float.POSITIVE_INFINITY,
            Double.NaN,
            "",
            "Z",
            new EnumValue(0, "Za"),
            "a",
            "\uFFFD",
            "\uD83D\uDE80",
            false,
            true,
            Instant.EPOCH.minusNanos(1),
            Instant.EPOCH,
            Duration.ofNanos(-1),
            Duration.ZERO,
            new UUID(0, -1),
            new UUID(1, 0),
            new UUID(-1, 0),
            Bytes.ofHex(""),
            Bytes.ofHex("7f"),
            Bytes.ofHex("80"),
            Bytes.ofHex("8000"),
            null));

    private static @Nullable Object[] of(@Nullable Object value) {
        return PageToken.of(new DatapointId(0, 0), value).sortValues().stream()
                .map(sorted -> sorted.orElse(null))
                .toArray();
    }

    private static List<String> sorted(SortKey key) {
        List<@Nullable Object> values = new ArrayList<>(VALUES);
        Collections.shuffle(values, new Random(7));
        Comparator<@Nullable Object[]> order = BoundSort.order(List.of(key));
        values.sort((left, right) -> order.compare(of(left), of(right)));
        return values.stream().map(String::valueOf).toList();
    }

    @Test
    void valuesOfAllTypesHaveOneOrder() {
        List<String> expected =
                new ArrayList<>(VALUES.stream().map(String::valueOf).toList());
        assertEquals(expected, sorted(SortKey.ascending("x")));
        List<String> reversed = new ArrayList<>(expected.subList(0, expected.size() - 1));
        Collections.reverse(reversed);
        reversed.add("null");
        assertEquals(reversed, sorted(SortKey.descending("x")));
    }

    @Test
    void equalNumbersOfDifferentTypesTie() {
        Comparator<@Nullable Object[]> order = BoundSort.order(List.of(SortKey.ascending("x")));
        for (Object left : List.of(7, 7L, 7.0, 7f, Uint64.ofBits(7))) {
            for (Object right : List.of(7, 7L, 7.0, 7f, Uint64.ofBits(7))) {
                assertEquals(0, order.compare(of(left), of(right)));
            }
        }
        assertEquals(0, order.compare(of(-0.0), of(0)));
        assertEquals(0, order.compare(of(Double.NaN), of(Float.NaN)));
        assertEquals(0, order.compare(of(null), of(null)));
    }

    @Test
    void aFieldThatASchemaCannotSortByIsUnsetThere() {
        UUID id = new UUID(1, 2);
        FieldValues row = field -> field.equals("mixed") ? "x" : field.equals("id") ? id : null;
        List<SortKey> keys = List.of(SortKey.ascending("mixed"), SortKey.ascending("id"), SortKey.ascending("number"));
        Object[] unset = BoundSort.bind(keys, ONE).values(row);
        assertEquals(Arrays.asList(null, DatapointId.of(id), null), Arrays.asList(unset));
        assertEquals("x", BoundSort.bind(keys, OTHER).values(row)[0]);
    }

    @Test
    void aSortThatMeansNothingIsRefused() {
        List<DatasetSchema> both = List.of(ONE, OTHER);
        BoundSort.check(List.of(SortKey.ascending("mixed"), SortKey.descending("ingestion_time")), both, LIMITS);
        BoundSort.check(List.of(SortKey.ascending("time"), SortKey.descending("id")), both, LIMITS);
        for (String unordered : List.of("tags", "notes", "geometry")) {
            assertFails(
                    InvalidRequestException.class,
                    "query: sort: field \"" + unordered + "\": has no order (expected no array, geometry or json)",
                    () -> BoundSort.check(List.of(SortKey.ascending(unordered)), both, LIMITS));
        }
        assertFails(
                InvalidRequestException.class,
                "query: sort: field \"none\": no dataset in scope has it",
                () -> BoundSort.check(List.of(SortKey.ascending("none")), both, LIMITS));
        SortKey key = SortKey.ascending("number");
        assertFails(
                LimitExceededException.class,
                "query: sort: 3 (at most 2)",
                () -> BoundSort.check(List.of(key, key, key), both, LIMITS));
    }

    @Test
    void aTokenMustHaveAValueForEachKey() {
        DatapointId id = new DatapointId(1, 2);
        Query.Builder sorted = Query.allTime().sort(SortKey.ascending("a"), SortKey.descending("b"));
        BoundSort.checkToken(sorted.build());
        BoundSort.checkToken(sorted.after(PageToken.of(id, 1, null)).build());
        assertFails(
                InvalidRequestException.class,
                "query: page token: only an id (expected 2, one for each field that the query sorts by)",
                () -> BoundSort.checkToken(sorted.after(id).build()));
        assertFails(
                InvalidRequestException.class,
                "query: page token: 1 sort values (expected 2, one for each field that the query sorts by)",
                () -> BoundSort.checkToken(sorted.after(PageToken.of(id, 1)).build()));
        assertFails(
                InvalidRequestException.class,
                "query: page token: 1 sort values (expected 0, one for each field that the query sorts by)",
                () -> BoundSort.checkToken(
                        Query.allTime().after(PageToken.of(id, 1)).build()));
    }
}

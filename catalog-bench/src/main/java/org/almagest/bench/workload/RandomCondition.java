package org.almagest.bench.workload;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.almagest.bench.data.Granule;
import org.jspecify.annotations.Nullable;

/**
 * A random condition on a granule, in three renditions that must mean the same: CQL2 for the engine, SQL for SQLite, and a
 * test in plain Java. All are three-valued: a comparison with a value that is not there is neither true nor false.
 *
 * @param cql2 for the engine
 * @param sql for SQLite, over the columns of its table
 * @param test for brute force
 */
record RandomCondition(String cql2, String sql, Test test) {
    private static final int KINDS = 13;
    private static final int DEEPEST = 3;
    private static final String[] COMPARISONS = {"<", "<=", ">", ">=", "=", "<>"};
    private static final long MILLIS_PER_SECOND = 1_000;

    /** Brute force. */
    interface Test {
        /** Tells whether the condition holds; null where that is not known. */
        @Nullable
        Boolean of(Granule row);
    }

    /** Tells whether a row meets the condition for certain. */
    boolean holds(Granule row) {
        return Boolean.TRUE.equals(test.of(row));
    }

    /** Returns a random condition; its values are those of {@code example} or near them. */
    static RandomCondition of(SplittableRandom random, Granule example) {
        return nested(random, example, random.nextInt(DEEPEST + 1));
    }

    private static RandomCondition nested(SplittableRandom random, Granule example, int depth) {
        if (depth == 0) {
            return plain(random, example);
        }
        RandomCondition first = nested(random, example, depth - 1);
        if (random.nextInt(4) == 0) {
            Test inner = first.test;
            return new RandomCondition(
                    "NOT (" + first.cql2 + ")", "not (" + first.sql + ")", row -> not(inner.of(row)));
        }
        RandomCondition second = nested(random, example, random.nextInt(depth));
        Test left = first.test;
        Test right = second.test;
        if (random.nextBoolean()) {
            return new RandomCondition(
                    "(" + first.cql2 + ") AND (" + second.cql2 + ")",
                    "(" + first.sql + ") and (" + second.sql + ")",
                    row -> and(left.of(row), right.of(row)));
        }
        return new RandomCondition(
                "(" + first.cql2 + ") OR (" + second.cql2 + ")",
                "(" + first.sql + ") or (" + second.sql + ")",
                row -> not(and(not(left.of(row)), not(right.of(row)))));
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    private static @Nullable Boolean and(@Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)) {
            return false;
        }
        return left == null || right == null ? null : true;
    }

    private static RandomCondition plain(SplittableRandom random, Granule example) {
        String comparison = COMPARISONS[random.nextInt(COMPARISONS.length)];
        return switch (random.nextInt(KINDS)) {
            case 0 -> cloud(comparison, random.nextInt(101));
            case 1 -> cloud(comparison, Objects.requireNonNullElse(example.cloudCover(), 0.0));
            case 2 -> between(random.nextInt(101), random.nextInt(-2, 18));
            case 3 -> same("cloud_cover IS NULL", row -> row.cloudCover() == null);
            case 4 -> same("cloud_cover IS NOT NULL", row -> row.cloudCover() != null);
            case 5 -> text("platform", "platform", comparison, example.platform(), Granule::platform);
            case 6 -> text("processing_baseline", "baseline", comparison, example.baseline(), Granule::baseline);
            case 7 ->
                text("checksum", "checksum", comparison, example.checksum().substring(0, 3), Granule::checksum);
            case 8 ->
                oneOf(random.nextBoolean() ? "nothing" : example.productType().toLowerCase(Locale.ROOT), example);
            case 9 -> number("orbit", comparison, example.orbit() + random.nextInt(-500, 500), Granule::orbit);
            case 10 -> number("file_size", comparison, example.fileSize() + random.nextInt(-1, 2), Granule::fileSize);
            case 11 -> published(comparison, example.publishedMillis() + random.nextInt(-1, 2) * MILLIS_PER_SECOND);
            default -> like(random, example.name());
        };
    }

    private static RandomCondition between(double low, double width) {
        double high = low + width;
        return same("cloud_cover BETWEEN " + low + " AND " + high, row -> {
            Double cloud = row.cloudCover();
            return cloud == null ? null : cloud >= low && cloud <= high;
        });
    }

    private static RandomCondition oneOf(String other, Granule example) {
        String text = "product_type IN ('" + example.productType() + "', '" + other + "')";
        return same(text, row -> List.of(example.productType(), other).contains(row.productType()));
    }

    private static RandomCondition number(String field, String comparison, long value, ToLongFunction<Granule> of) {
        return same(
                field + " " + comparison + " " + value,
                row -> compared(comparison, Long.compare(of.applyAsLong(row), value)));
    }

    private static RandomCondition published(String comparison, long millis) {
        return new RandomCondition(
                "published_at " + comparison + " TIMESTAMP('" + Instant.ofEpochMilli(millis) + "')",
                "published_at " + comparison + " " + millis,
                row -> compared(comparison, Long.compare(row.publishedMillis(), millis)));
    }

    private static RandomCondition like(SplittableRandom random, String name) {
        int from = random.nextInt(name.length() / 2);
        String part = name.substring(from, from + 1 + random.nextInt(name.length() / 2));
        String pattern = " LIKE '%" + part.replace("_", "\\_") + "%'";
        return new RandomCondition(
                "granule_name" + pattern,
                "name" + pattern + " escape '\\'",
                row -> row.name().contains(part));
    }

    private static RandomCondition cloud(String comparison, double limit) {
        return same("cloud_cover " + comparison + " " + limit, row -> {
            Double cloud = row.cloudCover();
            return cloud == null ? null : compared(comparison, Double.compare(cloud, limit));
        });
    }

    private static RandomCondition text(
            String field, String column, String comparison, String value, Function<Granule, String> of) {
        String rest = " " + comparison + " '" + value + "'";
        return new RandomCondition(
                field + rest,
                column + rest,
                row -> compared(comparison, of.apply(row).compareTo(value)));
    }

    private static RandomCondition same(String text, Test test) {
        return new RandomCondition(text, text, test);
    }

    private static boolean compared(String comparison, int order) {
        return switch (comparison) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "=" -> order == 0;
            default -> order != 0;
        };
    }
}

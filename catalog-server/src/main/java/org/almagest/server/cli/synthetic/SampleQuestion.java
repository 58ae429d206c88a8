package org.almagest.server.cli.synthetic;

import static org.almagest.query.FieldOperand.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.almagest.Dataset;
import org.almagest.geo.Wkt;
import org.almagest.model.BoundingBox;
import org.almagest.model.Datapoint;
import org.almagest.model.DatapointId;
import org.almagest.model.Limits;
import org.almagest.model.TimeInterval;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;

/**
 * One question of the quickstart.
 *
 * @param text as people ask it
 * @param asking asks it and returns how many datapoints came back, each read in full
 */
record SampleQuestion(String text, Asking asking) {
    private static final int ROUNDS_MIN = 5;
    private static final int ROUNDS_MAX = 1_000;
    private static final long NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(2_000);
    private static final TimeInterval MARCH = TimeInterval.parse("2015-03-01/2015-04-01");
    private static final String FRANCE = "POLYGON ((-4.8 48.4, -1.6 48.7, -1.9 49.7, 1.6 50.9, 2.5 51.1, 4.2 49.9,"
            + " 8.2 48.9, 7.6 47.6, 6.1 46.4, 7.0 45.9, 7.5 43.8, 4.0 43.5, 3.1 42.4, -1.8 43.4, -1.2 46.0, -4.8 48.4))";

    /** A way of asking. */
    interface Asking {
        long count(Dataset dataset);
    }

    /**
     * What came of it.
     *
     * @param count how many datapoints came back
     * @param firstNanos how long the first answer took, in a process that has stored the granules before
     * @param warmNanos the median of the second half of all answers
     */
    record Answer(long count, long firstNanos, long warmNanos) {
        private static Answer of(long count, List<Long> nanos) {
            List<Long> warm = nanos.subList(nanos.size() / 2, nanos.size()).stream()
                    .sorted()
                    .toList();
            return new Answer(count, nanos.get(0), warm.get(warm.size() / 2));
        }

        String firstMillis() {
            return millis(firstNanos);
        }

        String warmMillis() {
            return millis(warmNanos);
        }

        private static String millis(long nanos) {
            return String.format(Locale.ROOT, "%.2f", nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /**
     * What came of all questions.
     *
     * @param answers in their order
     * @param rounds how often each was asked
     */
    record Answers(List<Answer> answers, int rounds) {}

    /** Returns the questions; {@code known} is the id of a granule that is there. */
    static List<SampleQuestion> all(DatapointId known) {
        return List.of(
                asking(
                        "one day, 2015-03-14, the whole globe",
                        Query.during(TimeInterval.parse("2015-03-14/2015-03-15"))),
                asking(
                        "March 2015, the box 5.9,45.8,10.5,47.8 around Switzerland",
                        Query.during(MARCH).intersecting(BoundingBox.of(5.9, 45.8, 10.5, 47.8))),
                asking(
                        "all time, the outline of France, cloud_cover < 20",
                        Query.allTime()
                                .intersecting(Wkt.read(FRANCE, Limits.defaults()))
                                .where(field("cloud_cover").lessThan(20))),
                asking(
                        "all time, Fiji: the box 176,-21,-178,-15 across the antimeridian",
                        Query.allTime().intersecting(BoundingBox.of(176, -21, -178, -15))),
                asking(
                        "March 2015, radar granules over 400 MB of Sentinel-1A",
                        Query.during(MARCH)
                                .where(field("platform").equalTo("sentinel-1a"))
                                .where(field("file_size").greaterThan(400_000_000))),
                new SampleQuestion(
                        "the granule with id " + known,
                        dataset -> dataset.find(known)
                                        .filter(SampleQuestion::isRead)
                                        .isPresent()
                                ? 1
                                : 0));
    }

    private static SampleQuestion asking(String text, Query.Builder query) {
        Query built = query.build();
        return new SampleQuestion(text, dataset -> read(dataset.query(built)));
    }

    private static long read(QueryResult rows) {
        long count = 0;
        try (rows) {
            for (Datapoint row : rows) {
                count += isRead(row) ? 1 : 0;
            }
        }
        return count;
    }

    /** Reads a granule in full: its geometry is made when it is asked for. */
    private static boolean isRead(Datapoint row) {
        return row.geometry().isPresent() && !row.values().isEmpty();
    }

    /** Asks all questions in turn, again and again for two seconds, as a service is asked that runs for a while. */
    static Answers ask(List<SampleQuestion> questions, Dataset dataset) {
        List<List<Long>> nanos = new ArrayList<>();
        long[] counts = new long[questions.size()];
        questions.forEach(question -> nanos.add(new ArrayList<>()));
        long begin = System.nanoTime();
        int rounds = 0;
        while (rounds < ROUNDS_MIN || rounds < ROUNDS_MAX && System.nanoTime() - begin < NANOS_MAX) {
            for (int i = 0; i < counts.length; i++) {
                long start = System.nanoTime();
                counts[i] = questions.get(i).asking.count(dataset);
                nanos.get(i).add(System.nanoTime() - start);
            }
            rounds++;
        }
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            answers.add(Answer.of(counts[i], nanos.get(i)));
        }
        return new Answers(answers, rounds);
    }
}

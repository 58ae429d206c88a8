package org.almagest.bench.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.almagest.bench.data.PolygonShape.Place;

/** The questions of a data set: a function of the number of rows and a seed. */
public final class QuestionSet {
    /** Part of the names of answer files: goes up whenever a question or a digest changes. */
    static final int VERSION = 4;
    /** The same for wide rows, whose answers also depend on the digest of JSON. */
    static final int WIDE_VERSION = 5;

    private static final long SEED = 20_150_101;
    private static final int ANTIMERIDIAN_ONE_IN = 20;
    private static final double BOX_DEGREES = 2;
    private static final double COUNTRY_DEGREES = 4.7;
    private static final double AREA_DEGREES = 5.7;
    private static final double SMALL_DEGREES = 0.2;

    private QuestionSet() {}

    /** Returns the questions of a class, at most {@code atMost}. */
    public static List<Question> of(QuestionKind kind, GranuleSource source, int atMost) {
        SplittableRandom random = new SplittableRandom(SEED + kind.ordinal());
        int count = Math.min(atMost, kind.questions());
        List<Question> questions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            questions.add(question(kind, i, random, source));
        }
        return questions;
    }

    /** Returns other questions of a class than those of {@link #of}, and others again for each {@code part} from 1 on. */
    public static List<Question> more(QuestionKind kind, GranuleSource source, int part, int count) {
        SplittableRandom random =
                new SplittableRandom(SEED + (long) part * QuestionKind.values().length + kind.ordinal());
        List<Question> questions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            questions.add(question(kind, i, random, source));
        }
        return questions;
    }

    private static Question question(QuestionKind kind, int number, SplittableRandom random, GranuleSource source) {
        TimeSpan time = TimeSpan.ALL;
        Area area = null;
        Granule row = null;
        switch (kind) {
            case A1 -> time = days(random, 1);
            case A30 -> time = days(random, 30);
            case B -> {
                time = days(random, 30);
                boolean across = number % ANTIMERIDIAN_ONE_IN == ANTIMERIDIAN_ONE_IN - 1;
                area = PolygonShape.box(random, BOX_DEGREES, across ? Place.ANTIMERIDIAN : Place.ANYWHERE);
            }
            case C -> {
                time = days(random, 365);
                area = star(random, COUNTRY_DEGREES, 20, 200);
            }
            case D -> area = star(random, SMALL_DEGREES, 8, 60);
            case E, E2 -> row = source.granule(random.nextLong(source.rows()));
            case F -> time = days(random, 1 + random.nextInt(90));
            case G -> {
                time = days(random, 90);
                area = star(random, AREA_DEGREES, 8, 20);
            }
            case I -> time = new TimeSpan(days(random, GranuleSource.DAYS / 10).startMillis(), Long.MAX_VALUE);
        }
        return new Question(kind, number, time, area, row);
    }

    private static Area star(SplittableRandom random, double degrees, int cornersMin, int cornersMax) {
        double radius = degrees * random.nextDouble(0.5, 1.5);
        return PolygonShape.star(random, radius, random.nextInt(cornersMin, cornersMax + 1));
    }

    private static TimeSpan days(SplittableRandom random, int days) {
        long length = days * GranuleSource.MILLIS_PER_DAY;
        long latest = (GranuleSource.DAYS - days) * GranuleSource.MILLIS_PER_DAY;
        long start = GranuleSource.START_MILLIS + random.nextLong(latest);
        return new TimeSpan(start, start + length);
    }
}

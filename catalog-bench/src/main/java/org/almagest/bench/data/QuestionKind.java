package org.almagest.bench.data;

import java.util.Locale;

/** The classes of questions. */
public enum QuestionKind {
    /** All rows of one day. */
    A1("one day, whole globe", 60),
    /** All rows of thirty days. */
    A30("thirty days, whole globe", 12),
    /** Thirty days in a box of two by two degrees; every 20th box lies across the antimeridian. */
    B("30 days × 2°×2° box", 100),
    /** One year in a polygon as large as a country, with 20 to 200 corners. */
    C("1 year × country polygon", 40),
    /** All time in a small polygon. */
    D("all time × small polygon", 60),
    /** A row by its id. */
    E("find by id", 2_000),
    /** A row by its key. */
    E2("find by key", 2_000),
    /** How many rows a window of one to ninety days has. */
    F("count per time window", 200),
    /** Ninety days in a polygon, with little cloud. */
    G("90 days × area × cloud_cover < 20", 60),
    /** The next hundred wide rows from some time on, by time. */
    I("page of 100 wide rows", 20);

    /** The bound on cloud_cover of {@link #G}, in percent. */
    public static final double CLOUD_BELOW = 20;

    /** How many rows a page of {@link #I} has. */
    public static final int PAGE_ROWS = 100;

    private final String title;
    private final int questions;

    QuestionKind(String title, int questions) {
        this.title = title;
        this.questions = questions;
    }

    /** Returns what is asked, in a few words. */
    public String title() {
        return title;
    }

    /** Returns how many different questions are asked in a pass. */
    public int questions() {
        return questions;
    }

    /** Returns the name that reports and options use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind with this label. */
    public static QuestionKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

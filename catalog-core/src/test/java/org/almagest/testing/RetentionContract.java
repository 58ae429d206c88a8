package org.almagest.testing;

import static org.almagest.testing.Failures.assertFails;
import static org.almagest.testing.Fixtures.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almagest.Capability;
import org.almagest.Catalog;
import org.almagest.Collection;
import org.almagest.error.ConflictException;
import org.almagest.error.InvalidRequestException;
import org.almagest.model.Datapoint;
import org.almagest.model.Retention;
import org.almagest.query.Query;
import org.almagest.query.QueryResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention: datapoints go when they are older than asked, by either time, and not a moment before. */
public abstract class RetentionContract extends ContractSupport {
    private static final Duration DAY = Duration.ofDays(1);

    /** Creates the suite. */
    protected RetentionContract() {}

    @BeforeEach
    final void needsRetention() {
        needs(Capability.RETENTION);
    }

    private static Collection numbers(Catalog catalog) {
        return things(catalog, Fixtures.numbers("a.numbers"));
    }

    private static long expire(Catalog catalog) {
        return catalog.maintenance().orElseThrow().expire();
    }

    private static Datapoint at(Instant time) {
        return Datapoint.at(time).build();
    }

    @Test
    void isOffUntilItIsPut() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        ingest(catalog, things, numbered("1970-01-01T00:00:00Z", 3));
        long version = catalog.version();
        assertEquals(Optional.empty(), things.retention());
        assertEquals(0, expire(catalog));
        things.clearRetention();
        assertEquals(version, catalog.version());
        Retention retention = Retention.ofTime(Duration.ofDays(36_500));
        things.putRetention(retention);
        assertEquals(version + 1, catalog.version());
        things.putRetention(retention);
        assertEquals(version + 1, catalog.version());
        assertEquals(Optional.of(retention), things.retention());
        things.putRetention(Retention.ofIngestionTime(Duration.ofDays(36_500)));
        assertEquals(version + 2, catalog.version());
        assertEquals(
                Retention.Basis.INGESTION_TIME, things.retention().orElseThrow().basis());
        Catalog again = assertLasts(catalog, things, all(things));
        Collection found = again.dataset("a.numbers").collection("things");
        assertEquals(Optional.of(Retention.ofIngestionTime(Duration.ofDays(36_500))), found.retention());
        found.clearRetention();
        assertEquals(Optional.empty(), found.retention());
        assertEquals(version + 3, again.version());
    }

    @Test
    void anAgeIsAtLeastAMillisecond() {
        assertFails(
                InvalidRequestException.class,
                "retention: age: PT0S (expected PT0.001S to 3660000 days)",
                () -> Retention.ofTime(Duration.ZERO));
        assertEquals(1, Retention.ofTime(Duration.ofMillis(1)).age().toMillis());
    }

    @Test
    void deletesWhatIsOlderThanTheAgeAndNothingElse() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        Collection kept = things.dataset().createCollection("kept");
        Instant cutoff = START.minus(DAY);
        List<Datapoint> rows = List.of(
                at(Instant.parse("0001-01-01T00:00:00Z")),
                at(cutoff.minusMillis(1)),
                at(cutoff),
                at(cutoff.plusMillis(1)),
                at(START),
                at(START.plus(DAY)));
        ingest(catalog, things, rows);
        ingest(catalog, kept, rows);
        things.putRetention(Retention.ofTime(DAY));
        long version = catalog.version();
        assertEquals(2, expire(catalog));
        assertEquals(version + 1, catalog.version());
        assertEquals(cutoff, all(things).get(0).time());
        assertEquals(4, things.info().count());
        assertEquals(6, kept.info().count());
        assertEquals(0, expire(catalog));
        assertEquals(version + 1, catalog.version());
        clock.advance(Duration.ofMillis(1));
        assertEquals(1, expire(catalog));
        assertEquals(cutoff.plusMillis(1), all(things).get(0).time());
        Catalog again = assertLasts(catalog, things, all(things));
        assertEquals(6, again.dataset("a.numbers").collection("kept").info().count());
    }

    @Test
    void countsFromTheTimeOfStoringWhereAsked() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofIngestionTime(DAY));
        List<Datapoint> rows = numbered("1990-01-01T00:00:00Z", 9);
        clock.set(START.plusSeconds(10));
        ingest(catalog, things, rows.subList(0, 3));
        clock.set(START.plusSeconds(20));
        ingest(catalog, things, rows.subList(3, 6));
        clock.set(START.plusSeconds(30));
        things.ingest(rows.subList(6, 9));
        clock.set(START.plusSeconds(10).plus(DAY));
        assertEquals(0, expire(catalog));
        clock.advance(Duration.ofMillis(1));
        assertEquals(3, expire(catalog));
        assertEquals(List.of("3", "4", "5", "6", "7", "8"), texts(all(things), "number"));
        assertEquals(3, things.ingest(rows.subList(0, 3)).created(), "stored anew, so young again");
        clock.set(START.plusSeconds(30).plus(DAY));
        assertEquals(3, expire(catalog));
        clock.advance(Duration.ofMillis(1));
        assertEquals(3, expire(catalog));
        assertEquals(List.of("0", "1", "2"), texts(all(things), "number"));
        assertLasts(catalog, things, all(things));
    }

    @Test
    void lateRowsGoTheNextTime() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofTime(DAY));
        List<Datapoint> late = numbered("2001-01-01T00:00:00Z", 3);
        assertEquals(3, ingest(catalog, things, late).created());
        assertEquals(3, expire(catalog));
        assertEquals(3, ingest(catalog, things, late).created());
        assertEquals(3, expire(catalog));
        assertLasts(catalog, things, List.of());
    }

    @Test
    void anotherAgeCountsFromThenOn() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        List<Datapoint> rows = new ArrayList<>();
        for (int day = 1; day <= 20; day++) {
            rows.add(at(START.minus(Duration.ofDays(day))));
        }
        ingest(catalog, things, rows);
        things.putRetention(Retention.ofTime(Duration.ofDays(15)));
        assertEquals(5, expire(catalog));
        things.putRetention(Retention.ofTime(Duration.ofDays(30)));
        assertEquals(0, expire(catalog));
        things.putRetention(Retention.ofTime(Duration.ofDays(5)));
        assertEquals(10, expire(catalog));
        things.clearRetention();
        clock.advance(Duration.ofDays(100));
        assertEquals(0, expire(catalog));
        assertEquals(5, things.info().count());
        things.putRetention(Retention.ofTime(Duration.ofDays(3_660_000)));
        assertEquals(0, expire(catalog));
    }

    @Test
    void alsoHappensAtOpen() {
        needs(Capability.DURABLE);
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofTime(DAY));
        ingest(catalog, things, at(START.minus(Duration.ofHours(2))), at(START));
        clock.advance(Duration.ofHours(23));
        Catalog again = reopen(catalog);
        List<Datapoint> left = all(again.dataset("a.numbers").collection("things"));
        assertEquals(List.of(START), left.stream().map(Datapoint::time).toList());
        assertEquals(0, expire(again));
    }

    @Test
    void aClockThatJumpedFarAheadDeletesNothing() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofTime(DAY));
        ingest(catalog, things, at(START), at(START.plus(Duration.ofDays(3_650))));
        Instant last = all(things).get(0).ingestionTime().orElseThrow();
        clock.set(last.plus(Duration.ofDays(366)).plusMillis(1));
        long version = catalog.version();
        assertFails(
                ConflictException.class,
                "retention: clock " + clock.now() + ": last commit " + last + " (expected at most 366 days before)",
                () -> expire(catalog));
        assertEquals(2, things.info().count());
        assertEquals(version, catalog.version());
        Catalog again = can(Capability.DURABLE) ? reopen(catalog) : catalog;
        Collection found = again.dataset("a.numbers").collection("things");
        assertEquals(2, found.info().count());
        found.dataset().createCollection("a commit says that the clock is right");
        assertEquals(1, expire(again));
        clock.advance(Duration.ofDays(366));
        assertEquals(0, expire(again));
        assertEquals(1, found.info().count());
    }

    @Test
    void aJumpOfAYearIsTakenForTime() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofTime(DAY));
        ingest(catalog, things, at(START));
        clock.set(all(things).get(0).ingestionTime().orElseThrow().plus(Duration.ofDays(366)));
        assertEquals(1, expire(catalog));
    }

    @Test
    void aClockThatRunsBackwardsDeletesNothing() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        things.putRetention(Retention.ofIngestionTime(DAY));
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 3));
        clock.advance(Duration.ofDays(-3_650));
        assertEquals(0, expire(catalog));
        assertEquals(3, things.info().count());
        clock.set(START.plus(Duration.ofDays(2)));
        assertEquals(3, expire(catalog));
    }

    @Test
    void catalogsWithoutRetentionDoNotMindAClockThatJumps() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 3));
        clock.advance(Duration.ofDays(36_500));
        assertEquals(0, expire(catalog));
        assertEquals(3, things.info().count());
    }

    @Test
    void anAnswerStillShowsWhatExpiresMeanwhile() {
        Catalog catalog = open();
        Collection things = numbers(catalog);
        ingest(catalog, things, numbered("2020-01-01T00:00:00Z", 2_000));
        List<Datapoint> before = all(things);
        try (QueryResult answer = things.query(Query.allTime().build())) {
            things.putRetention(Retention.ofTime(DAY));
            expire(catalog);
            catalog.maintenance().orElseThrow().compact();
            assertEquals(before, answer.toList());
        }
        assertHolds(things, List.of());
        assertTrue(things.retention().isPresent());
    }
}

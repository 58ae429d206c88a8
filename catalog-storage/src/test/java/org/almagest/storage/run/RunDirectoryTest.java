package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almagest.model.BoundingBox;
import org.almagest.query.TimeMatch;
import org.almagest.runtime.Deadline;
import org.almagest.storage.metadata.CatalogMetadata;
import org.almagest.storage.metadata.Samples;
import org.almagest.storage.metadata.SegmentEntry;
import org.almagest.storage.metadata.StoreIdentity;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** What a directory knows of segments whose files are not there. */
class RunDirectoryTest {
    private static final int COLLECTIONS = 100;
    private static final SegmentEntry ANY = Samples.segment(1, 1, 0, BoundingBox.GLOBE);

    private final SegmentFiles files =
            new SegmentFiles(new SimStorage(new SimDisk()), new StoreIdentity(1, 2), new OpenFiles());

    @Test
    void aCollectionIsTheSameAsLongAsNothingOfItChanges() {
        Snapshot first = snapshot(4);
        Snapshot deleted = first;
        for (long collection = 1; collection <= COLLECTIONS; collection++) {
            deleted = deleted.withoutRows(new Snapshot.Stamp(5, 5, 4), collection, one(deleted, collection));
        }
        RunDirectory directory = directory(first);
        assertEquals(0, changed(directory, deleted));
        Snapshot settled = deleted.settled(7);
        assertEquals(0, changed(directory, settled));
        assertTrue(deleted.runs() == settled.runs(), "other runs");
        assertEquals(7, settled.historyFloor());
        SegmentRun other = new SegmentRun(Samples.segment(3, 2, 0, BoundingBox.GLOBE), files);
        List<LiveRun<SegmentRun>> before = settled.runs(3).segments();
        Snapshot compacted = settled.compacted(3, before, List.of(LiveRun.of(other)));
        assertEquals(1, changed(directory, compacted));
        Snapshot grown = settled.compacted(3, List.of(), List.of(LiveRun.of(other)));
        assertEquals(1, changed(directory, grown));
        assertEquals(0, changed(directory(grown), grown));
        assertEquals(1, changed(directory(grown), first));
    }

    @Test
    void deletionsOfTheSameCollectionAreStillSettled() {
        Snapshot twice = snapshot(4);
        for (int sequence = 5; sequence < 7; sequence++) {
            twice = twice.withoutRows(new Snapshot.Stamp(sequence, sequence, 4), 3, one(twice, 3));
        }
        CollectionRuns settled = twice.settled(7).runs(3);
        assertEquals(1, settled.segments().get(0).dead().deletions().size());
        assertEquals(2, settled.segments().get(0).dead().count());
        assertEquals(2, twice.runs(3).segments().get(0).dead().deletions().size());
        assertSame(twice.runs(4), twice.settled(7).runs(4));
    }

    @Test
    void rowsThatAreReplacedInMemoryLeaveTheSegmentsAsTheyAre() {
        Snapshot first = snapshot(4);
        List<LiveRun<SegmentRun>> segments = first.runs(3).segments();
        DoomedRows elsewhere = one(first, 4);
        CollectionRuns after =
                first.withoutRows(new Snapshot.Stamp(5, 5, 4), 3, elsewhere).runs(3);
        assertTrue(segments == after.segments(), "another list");
    }

    @Test
    void aNewDirectoryKnowsWhichSegmentsCannotBeRead() {
        List<RunGroup.Member> members = members(snapshot(4));
        RunGroup group = new RunGroup(members, null);
        earn(group);
        make(group, members);
        look(group, 1_000);
        assertFalse(group.index().isWanted(), "no segment can be read");
        RunGroup next = new RunGroup(members, group);
        look(next, 1_000);
        assertFalse(next.index().isWanted(), "no segment could be read");
    }

    @Test
    void aNewDirectoryKnowsHowOftenAnIndexMadeRoom() {
        List<RunGroup.Member> members = members(snapshot(4));
        RunGroup group = new RunGroup(members, null);
        group.asked(77);
        group.index().forget();
        group.index().forget();
        RunGroup next = new RunGroup(members, group);
        assertEquals(77, next.lastAsked());
        int questions = earn(next);
        assertEquals(earn(group), questions);
        assertTrue(earn(new RunGroup(members, null)) < questions, "none made room");
    }

    @Test
    void theSecondIndexIsEarnedByAsManyLooksAsItCosts() {
        List<RunGroup.Member> members = members(snapshot(4));
        RunGroup group = new RunGroup(members, null);
        assertEquals(1, earn(group));
        make(group, members);
        group.index().forget();
        assertEquals(2 * 16 + 1, earn(group), "one made room");
    }

    @Test
    void collectionsThatChangedEarnNoIndex() {
        RunGroup group = new RunGroup(members(snapshot(4)), null);
        BitSet changed = new BitSet();
        changed.set(1, COLLECTIONS + 1);
        look(group, 1_000, changed);
        assertFalse(group.index().isWanted(), "none was looked into by what the group says");
    }

    @Test
    void anIndexTakesLittleOfATimeLimit() {
        List<RunGroup.Member> members = members(snapshot(4));
        RunGroup group = new RunGroup(members, null);
        earn(group);
        Instant[] now = {Instant.EPOCH};
        Set<Integer> read = new TreeSet<>();
        int questions = 0;
        while (group.index().isWanted()) {
            int before = read.size();
            Instant end = now[0].plusMillis(5);
            group.index()
                    .goOn(
                            number -> {
                                assertTrue(read.add(number), "read twice");
                                now[0] = now[0].plusMillis(1);
                                return members.get(number).run();
                            },
                            Deadline.after(Optional.of(Duration.ofMillis(20)), () -> now[0]));
            assertTrue(read.size() > before, "nothing was read");
            assertTrue(now[0].isBefore(end), "took more than a part of the time");
            questions++;
        }
        assertEquals(COLLECTIONS, read.size());
        assertTrue(questions > COLLECTIONS / 5, questions + " questions");
    }

    private static void make(RunGroup group, List<RunGroup.Member> members) {
        while (group.index().isWanted()) {
            group.index().goOn(number -> members.get(number).run(), Deadline.NEVER);
        }
    }

    /** Asks until an index is wanted; returns how often that was. */
    private static int earn(RunGroup group) {
        int questions = 0;
        while (!group.index().isWanted()) {
            look(group, 1);
            questions++;
            assertTrue(questions < 1_000, "never");
        }
        return questions;
    }

    private static void look(RunGroup group, int questions) {
        look(group, questions, new BitSet());
    }

    private static void look(RunGroup group, int questions, BitSet changed) {
        long first = ANY.bounds().idMin().timeMillis();
        for (int i = 0; i < questions; i++) {
            group.mark(
                    new RunDirectory.Asked(
                            new RunDirectory.Span(first, first, TimeMatch.INSTANT), null, true, Deadline.NEVER),
                    changed);
        }
    }

    private static List<RunGroup.Member> members(Snapshot snapshot) {
        List<RunGroup.Member> members = new ArrayList<>();
        snapshot.forEachRun(run -> members.add(new RunGroup.Member((SegmentRun) run.run(), 0)));
        return members;
    }

    private static DoomedRows one(Snapshot snapshot, long collection) {
        DoomedRows doomed = new DoomedRows();
        LiveRun<SegmentRun> live = snapshot.runs(collection).segments().get(0);
        RoaringBitmap row = new RoaringBitmap();
        row.add(live.firstLive());
        doomed.addAll(live.run(), row);
        return doomed;
    }

    private static RunDirectory directory(Snapshot snapshot) {
        RunDirectory made = RunDirectory.of(snapshot, null, 1 << 20);
        assertNotNull(made);
        return made;
    }

    private static int changed(RunDirectory directory, Snapshot snapshot) {
        RunDirectory.View view = directory.view(snapshot);
        assertNotNull(view);
        return view.changedCount();
    }

    private Snapshot snapshot(long version) {
        Map<Long, CollectionRuns> runs = new HashMap<>();
        for (long collection = 1; collection <= COLLECTIONS; collection++) {
            SegmentEntry entry = Samples.segment(collection, 1, collection * 2_048, BoundingBox.GLOBE);
            runs.put(collection, CollectionRuns.of(List.of(LiveRun.of(new SegmentRun(entry, files)))));
        }
        return new Snapshot(version, version, version, CatalogMetadata.EMPTY, runs);
    }
}

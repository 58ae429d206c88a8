package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.almagest.Catalog;
import org.almagest.error.CatalogException;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Turns bits of a store over: a reader gets the right rows or a typed error. */
class DamageTest {
    private static final int BITS_BETWEEN = 16;

    private Workload workload = Workloads.brief();

    @Test
    void aFlippedBitGivesTheRightRowsOrATypedError() throws IOException {
        flip(closedStore(), "closed", 24, 0);
        flip(killedStore(), "killed", 24, 1);
    }

    @Test
    @Tag("durability")
    void anyFlippedBitGivesTheRightRowsOrATypedError() throws IOException {
        flip(closedStore(), "closed", 1, 0);
        flip(killedStore(), "killed", 1, 1);
    }

    @Test
    void damageOfTombstonesIsFoundAndNeverShowsAnotherCatalog() throws IOException {
        damageTombstones(16);
    }

    @Test
    @Tag("durability")
    void anyDamageOfTombstonesIsFoundAndNeverShowsAnotherCatalog() throws IOException {
        damageTombstones(1);
        flip(closedStore(), "closed, corrected", 1, 0);
        flip(killedStore(), "killed, corrected", 1, 1);
    }

    /** Damages the files of tombstones in one of {@code share} places, in every way. */
    private void damageTombstones(int share) throws IOException {
        workload = Workloads.tombstones();
        SimDisk disk = closedStore();
        List<String> files =
                disk.files().stream().filter(name -> name.endsWith(".del")).toList();
        assertTrue(files.size() >= 2, files::toString);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (String name : files) {
            byte[] whole = disk.bytes(name);
            for (int bit = 0; bit < whole.length * 8; bit += share) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                outcomes.merge(found(disk, name, flipped, "bit " + bit), 1, Integer::sum);
            }
            for (int length = 0; length < whole.length; length += share) {
                outcomes.merge(found(disk, name, Arrays.copyOf(whole, length), "first " + length), 1, Integer::sum);
            }
            outcomes.merge(found(disk, name, new byte[whole.length], "zeros"), 1, Integer::sum);
            for (String other : files) {
                if (!other.equals(name)) {
                    outcomes.merge(found(disk, name, disk.bytes(other), "as " + other), 1, Integer::sum);
                }
            }
        }
        System.out.println("damaged tombstones: " + outcomes);
    }

    /** Requires that damage is found by looking at every byte; returns what a reader meets. */
    private String found(SimDisk disk, String name, byte[] bytes, String how) {
        SimDisk damaged = disk.killImage();
        damaged.put(name, bytes);
        SimStorage storage = new SimStorage(damaged);
        String label = name + " " + how;
        try {
            assertFalse(StoreSoundness.findings(storage).isEmpty(), label);
        } catch (CatalogException e) {
            assertFalse(e.getMessage().isEmpty(), label);
        }
        String outcome = read(storage, label, 0);
        assertEquals("[]", storage.leaks().toString(), label);
        return outcome;
    }

    /** Flips one bit of 16 in one of {@code share} places; the last changes may be taken for a torn tail. */
    private void flip(SimDisk disk, String kind, int share, int lostMax) {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (String name : disk.files()) {
            int length = disk.bytes(name).length;
            SplittableRandom random = new SplittableRandom(length);
            for (long bit = random.nextInt(BITS_BETWEEN); bit < length * 8L; bit += BITS_BETWEEN) {
                if (random.nextInt(share) == 0) {
                    outcomes.merge(outcome(disk, name, bit, lostMax), 1, Integer::sum);
                }
            }
        }
        System.out.println("flipped bits, " + kind + " store: " + outcomes);
        assertTrue(outcomes.keySet().stream().anyMatch(outcome -> outcome.contains("Corrupt")), outcomes::toString);
    }

    private String outcome(SimDisk disk, String name, long bit, int lostMax) {
        SimDisk damaged = disk.killImage();
        byte[] bytes = damaged.bytes(name);
        bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
        damaged.put(name, bytes);
        SimStorage storage = new SimStorage(damaged);
        String outcome = read(storage, name + " bit " + bit, lostMax);
        assertEquals("[]", storage.leaks().toString(), name + " bit " + bit);
        return outcome;
    }

    private String read(SimStorage storage, String label, int lostMax) {
        try {
            StoreSoundness.findings(storage);
        } catch (CatalogException e) {
            assertTrue(!e.getMessage().isEmpty());
        }
        try (Catalog catalog = SmallStore.open(storage)) {
            String state = ExpectedCatalog.read(catalog);
            for (int lost = 0; lost <= lostMax; lost++) {
                if (state.equals(workload.state(workload.changeCount() - lost))) {
                    return lost == 0 ? "right" : "a torn tail";
                }
            }
            return fail(label + ":\n" + state + "expected\n" + workload.state(workload.changeCount()));
        } catch (CatalogException | IOException e) {
            return e.getClass().getSimpleName();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(label + ": " + e, e);
        }
    }

    private SimDisk closedStore() throws IOException {
        SimDisk disk = new SimDisk();
        work(disk).close();
        return disk;
    }

    /** The rows after the last flush are in the log alone. */
    private SimDisk killedStore() throws IOException {
        SimDisk disk = new SimDisk();
        Catalog catalog = work(disk);
        SimDisk killed = disk.killImage();
        catalog.close();
        return killed;
    }

    private Catalog work(SimDisk disk) throws IOException {
        Catalog catalog = SmallStore.open(new SimStorage(disk));
        for (Workload.Step step : workload.steps()) {
            step.run(catalog, SmallStore.clock());
            if (step.kind() == Workload.Kind.REOPEN) {
                catalog = SmallStore.open(new SimStorage(disk));
            }
        }
        return catalog;
    }
}

package org.almagest.storage.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.almagest.storage.sim.SimDisk;
import org.almagest.storage.sim.SimFault;
import org.almagest.storage.sim.SimStorage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lets storage calls fail, one after the other: nothing acknowledged is lost, nothing hangs, nothing stays open. */
class FailingCallTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int STRIDE = Integer.getInteger("almagest.stride", 23);

    @Test
    void aFailingCallEndsAsItsKindOfFailureShould() throws IOException {
        failEach(Workloads.brief(), emptyStore()::killImage, STRIDE);
    }

    @Test
    void aFailingCallInACorrectionEndsAsItsKindOfFailureShould() throws IOException {
        failEach(Workloads.briefCorrections(Duration.ZERO), emptyStore()::killImage, STRIDE);
        failEach(Workloads.briefCorrections(DAY), emptyStore()::killImage, 2 * STRIDE);
    }

    @Test
    void aFailingCallWhileAStoreIsMadeEndsAsItsKindOfFailureShould() {
        failEach(Workload.beginning().ingest("A", 0, 5), SimDisk::new, 41);
    }

    @Test
    @Tag("durability")
    void anyFailingCallEndsAsItsKindOfFailureShould() throws IOException {
        failEach(Workloads.brief(), emptyStore()::killImage, Integer.getInteger("almagest.stride", 3));
        failEach(Workloads.full(), emptyStore()::killImage, Integer.getInteger("almagest.stride", 31));
        failEach(Workload.beginning().ingest("A", 0, 5), SimDisk::new, 5);
    }

    @Test
    @Tag("durability")
    void anyFailingCallInACorrectionEndsAsItsKindOfFailureShould() throws IOException {
        failEach(
                Workloads.briefCorrections(Duration.ZERO),
                emptyStore()::killImage,
                Integer.getInteger("almagest.stride", 3));
        failEach(Workloads.living(DAY), emptyStore()::killImage, Integer.getInteger("almagest.stride", 41));
    }

    private static SimDisk emptyStore() throws IOException {
        SimDisk disk = new SimDisk();
        SmallStore.open(new SimStorage(disk)).close();
        return disk;
    }

    private static void failEach(Workload workload, Supplier<SimDisk> disks, int step) {
        long calls = FaultRun.calls(workload, disks.get());
        List<FaultRun.Plan> plans = new ArrayList<>();
        for (long call = 1; call <= calls; call += step) {
            for (SimFault fault : SimFault.values()) {
                plans.add(new FaultRun.Plan(call, fault, false));
            }
            plans.add(new FaultRun.Plan(call, SimFault.EIO, true));
            plans.add(new FaultRun.Plan(call, SimFault.NO_SPACE, true));
        }
        Map<String, String> failures = new TreeMap<>();
        for (FaultRun.Plan plan : plans) {
            try {
                new FaultRun(workload, disks.get(), plan).run();
            } catch (CrashSearch.Harm e) {
                failures.putIfAbsent(e.getMessage().replaceAll("[0-9]+", "#"), e.getMessage());
            }
        }
        System.out.println("failing calls: " + plans.size() + " runs over " + calls + " calls");
        assertEquals("", String.join("\n", failures.values()));
    }
}

package org.almagest.testing;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.almagest.Capability;
import org.almagest.CatalogOptions;
import org.almagest.model.Limits;
import org.almagest.runtime.Scheduler;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random scripts give what they give on a {@link ModelCatalog}, step by step.
 *
 * <p>{@code -Dalmagest.operations=N} runs N further operations with seeds that were not used before, and prints how many
 * agreed; {@code -Dalmagest.seed=S} with it repeats one such script.
 */
public abstract class RandomOperationsContract extends ContractSupport {
    private static final String OPERATIONS = "almagest.operations";
    private static final int STEPS = 250;
    private static final long PROGRESS_OPERATIONS = 50_000;

    /** Creates the suite. */
    protected RandomOperationsContract() {}

    @Test
    void shortScriptsAgreeWithTheModel() {
        Seeded.repeat(40, random -> agree(random, 40));
    }

    @Test
    @Tag("slow")
    void longScriptsAgreeWithTheModel() {
        Seeded.repeat(6, random -> agree(random, 400));
    }

    @Test
    @Tag("slow")
    void asManyFreshOperationsAsAskedForAgreeWithTheModel() {
        Long operations = Long.getLong(OPERATIONS);
        Assumptions.assumeTrue(operations != null, "-D" + OPERATIONS + "=N was not given");
        AtomicLong done = new AtomicLong();
        long began = System.nanoTime();
        String rounds = Seeded.fresh(() -> done.get() < operations, random -> {
            long before = done.getAndAdd(agree(random, STEPS));
            if (before / PROGRESS_OPERATIONS < done.get() / PROGRESS_OPERATIONS) {
                System.out.println("random operations: " + done + " so far");
            }
        });
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        System.out.println("random operations: " + done + " without a difference, " + rounds + ", " + seconds + " s ["
                + getClass().getEnclosingClass().getSimpleName() + "]");
    }

    /** Compares one script; returns how many operations it had. */
    private int agree(SplittableRandom random, int steps) {
        Set<Capability> both = EnumSet.copyOf(store().capabilities());
        both.retainAll(ModelCatalog.CAPABILITIES);
        CatalogOptions options = randomOptions(random);
        List<ScriptOperation> script = RandomScript.draw(random, steps, both, options.historyRetention());
        new ScriptComparison(this::newStore, clock, options).check(script);
        return script.size();
    }

    private CatalogOptions randomOptions(SplittableRandom random) {
        Limits limits = switch (random.nextInt(3)) {
            case 0 -> Limits.defaults();
            case 1 -> CommitContract.smallLog();
            default -> CommitContract.smallLog().with(Map.of("partitionRowsMax", 20L, "overlappingRunsMax", 2L));
        };
        List<Duration> retentions =
                List.of(Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofDays(5));
        CatalogOptions options =
                options().with(limits).withHistoryRetention(retentions.get(random.nextInt(retentions.size())));
        Scheduler threads = options.seams().scheduler();
        Scheduler scheduler =
                random.nextBoolean() ? ScriptComparison.ONE_THREAD : threads::worker; // nothing by the real clock
        return options.with(new CatalogOptions.Seams(clock, options.seams().random(), scheduler));
    }
}

package org.almagest.testing;

import java.util.SplittableRandom;
import org.almagest.Capability;
import org.almagest.model.Limits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random scripts give what they give on a {@link ModelCatalog}, step by step. */
public abstract class RandomOperationsContract extends ContractSupport {
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

    private void agree(SplittableRandom random, int steps) {
        Limits limits = random.nextBoolean() ? Limits.defaults() : CommitContract.smallLog();
        new ScriptComparison(this::newStore, clock, limits)
                .check(RandomScript.draw(random, steps, can(Capability.QUARANTINE)));
    }
}

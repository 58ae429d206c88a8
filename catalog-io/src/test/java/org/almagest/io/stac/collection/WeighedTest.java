package org.almagest.io.stac.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeighedTest {
    private final Weighed<Integer, String> kept = new Weighed<>(10, String::length);

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        kept.put(1, "aaaa");
        kept.put(2, "bbbb");
        kept.get(1);
        kept.put(3, "cccc");
        assertEquals(Optional.of("aaaa"), kept.get(1));
        assertEquals(Optional.empty(), kept.get(2));
        assertEquals(8, kept.weight());
    }

    @Test
    void keepsNothingThatIsTooHeavyAlone() {
        kept.put(1, "a".repeat(10));
        assertEquals(10, kept.weight());
        kept.put(1, "a".repeat(11));
        assertEquals(Optional.empty(), kept.get(1));
        assertEquals(0, kept.weight());
    }

    @Test
    void drivesOutNothingForWhatIsOffered() {
        kept.put(1, "aaaa");
        kept.offer(2, "bbbbbb");
        kept.offer(3, "c");
        assertEquals(Optional.of("bbbbbb"), kept.get(2));
        assertEquals(Optional.empty(), kept.get(3));
        kept.offer(2, "b");
        assertEquals(5, kept.weight(), "the same again, lighter");
    }
}

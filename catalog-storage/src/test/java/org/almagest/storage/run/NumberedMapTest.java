package org.almagest.storage.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashMap;
import java.util.Map;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class NumberedMapTest {
    @Test
    void isTheMapThatPuttingAndRemovingMake() {
        Seeded.repeat(200, random -> {
            Map<Long, String> model = new HashMap<>();
            NumberedMap<String> map = NumberedMap.copyOf(Map.of());
            for (int step = 0; step < 300; step++) {
                long number = random.nextLong(1L << random.nextInt(1, 63));
                if (random.nextInt(3) == 0 && !model.isEmpty()) {
                    number = model.keySet().iterator().next();
                    model.remove(number);
                    map = map.without(number);
                } else {
                    model.put(number, "at " + step);
                    map = map.with(number, "at " + step);
                }
                assertEquals(model.get(number), map.get(number));
                assertEquals(model.size(), map.size());
            }
            assertEquals(model, map);
            assertEquals(map, NumberedMap.copyOf(model));
        });
    }

    @Test
    void whatWasThereBeforeStays() {
        NumberedMap<String> one = NumberedMap.copyOf(Map.of(31L, "a"));
        NumberedMap<String> two = one.with(32L, "b").with(Long.MAX_VALUE, "c");
        assertEquals(Map.of(31L, "a"), one);
        assertEquals(Map.of(31L, "a", 32L, "b", Long.MAX_VALUE, "c"), two);
        assertNull(one.get(Long.MAX_VALUE));
        assertSame(one, one.without(5));
        assertSame(one, NumberedMap.copyOf(one));
    }
}

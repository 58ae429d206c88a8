package org.almagest.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.almagest.testing.Seeded;
import org.junit.jupiter.api.Test;

class FewFieldsTest {
    @Test
    void datapointsHaveTheFieldsThatALinkedMapWouldHave() {
        Seeded.repeat(300, random -> {
            Datapoint.Builder builder = Datapoint.builder();
            Map<String, Object> expected = new LinkedHashMap<>();
            int names = random.nextInt(1, 3 * FewFields.FIELDS_MAX);
            for (int i = 0; i < 100; i++) {
                step(random, names, builder, expected);
                if (i % 10 == 0) {
                    same(expected, builder.build().values());
                }
            }
            same(expected, builder.build().toBuilder().build().values());
        });
    }

    private static void step(
            SplittableRandom random, int names, Datapoint.Builder builder, Map<String, Object> expected) {
        String name = "field" + random.nextInt(names); // never the same object twice
        if (random.nextInt(3) == 0) {
            builder.set(name, null);
            expected.remove(name);
        } else {
            int value = random.nextInt();
            builder.set(name, value);
            expected.put(name, value);
        }
    }

    private static void same(Map<String, Object> expected, Map<String, Object> values) {
        assertEquals(List.copyOf(expected.entrySet()), List.copyOf(values.entrySet()));
        assertEquals(expected, values);
        assertEquals(expected.hashCode(), values.hashCode());
        List<String> visited = new ArrayList<>();
        values.forEach((name, value) -> {
            visited.add(name);
            assertEquals(expected.get(name), value);
            assertEquals(value, values.get(name));
        });
        assertEquals(List.copyOf(expected.keySet()), visited);
        assertEquals(null, values.get("absent"));
        assertEquals(false, values.containsKey("absent"));
        assertEquals(expected.size(), values.size());
    }

    @Test
    void aBuilderThatGoesOnLeavesWhatItBuiltAlone() {
        Datapoint.Builder builder = Datapoint.builder().set("a", 1);
        Datapoint first = builder.build();
        builder.set("a", 2).set("b", 3);
        assertEquals(Map.of("a", 1), first.values());
        assertEquals(Map.of("a", 2, "b", 3), builder.build().values());
    }

    @Test
    void valuesCannotBeChanged() {
        Map<String, Object> values = Datapoint.builder().set("a", 1).build().values();
        assertThrows(UnsupportedOperationException.class, () -> values.put("b", 2));
        assertThrows(UnsupportedOperationException.class, () -> values.remove("a"));
        assertThrows(UnsupportedOperationException.class, () -> values.clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> values.entrySet().iterator().next().setValue(2));
    }
}

package org.almagest.storage.column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.almagest.model.EnumValue;
import org.almagest.schema.EnumType;
import org.almagest.schema.Field;

/** The names of the numbers of an enum field, by which its values compare. Immutable. */
final class EnumNames {
    private final Map<Integer, byte[]> names = new HashMap<>();
    private final int longest;

    EnumNames(Field field) {
        if (field.type() instanceof EnumType) {
            for (EnumValue value : ((EnumType) field.type()).values()) {
                names.put(value.number(), value.name().getBytes(StandardCharsets.UTF_8));
            }
        }
        longest = names.values().stream().mapToInt(name -> name.length).max().orElse(0);
    }

    /** Returns how many bytes some names have at most; asked once a row while a segment is written. */
    int bytesAtMost(int count) {
        return count * longest;
    }

    /** Returns numbers, each u32, with the name of each behind, in the same order. */
    DistinctStrings named(DistinctStrings numbers) {
        DistinctStrings named = new DistinctStrings(numbers.count(), Integer.MAX_VALUE);
        for (int i = 0; i < numbers.count(); i++) {
            byte[] number = numbers.string(i);
            byte[] name = name(number);
            byte[] entry = Arrays.copyOf(number, number.length + name.length);
            System.arraycopy(name, 0, entry, number.length, name.length);
            named.add(entry, 0, entry.length);
        }
        return named;
    }

    /** Returns the order of numbers by their names. */
    int[] sorted(DistinctStrings numbers) {
        return IntStream.range(0, numbers.count())
                .boxed()
                .sorted(Comparator.comparing(i -> name(numbers.string(i)), Arrays::compareUnsigned))
                .mapToInt(i -> i)
                .toArray();
    }

    private byte[] name(byte[] number) {
        return names.getOrDefault(
                ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getInt(), new byte[0]);
    }
}

package org.almagest.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever decides about keys compares nothing whose time depends on where two texts differ. */
class AuthRulesTest {
    private static final Set<String> COMPARING = Set.of(
            "equals",
            "equalsIgnoreCase",
            "contentEquals",
            "compareTo",
            "compareToIgnoreCase",
            "compare",
            "mismatch",
            "matches",
            "startsWith",
            "endsWith");

    private static List<String> comparisons(JavaClasses classes) {
        List<String> found = new ArrayList<>();
        for (JavaClass type : classes) {
            for (JavaCodeUnitAccess<?> call : type.getCodeUnitAccessesFromSelf()) {
                if (COMPARING.contains(call.getName())) {
                    found.add(call.getDescription());
                }
            }
        }
        return found;
    }

    @Test
    void nothingIsComparedButInConstantTime() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.almagest.server.auth");
        assertFalse(classes.isEmpty());
        assertEquals(List.of(), comparisons(classes));
    }

    @Test
    void theCheckItselfFindsComparisons() {
        JavaClasses classes = new ClassFileImporter().importClasses(Careless.class);
        assertEquals(4, comparisons(classes).size(), comparisons(classes).toString());
    }

    /** As it must not be done. */
    private static final class Careless {
        boolean same(String one, String other, byte[] bytes) {
            return one.equals(other) || Arrays.equals(bytes, bytes) || Objects.equals(one, other);
        }

        int of(String word) {
            return switch (word) { // compiled to equals
                case "a" -> 1;
                default -> 0;
            };
        }
    }
}

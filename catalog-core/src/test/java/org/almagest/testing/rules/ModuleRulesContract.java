package org.almagest.testing.rules;

import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.almagest.testing.rules.PackageTable.Row;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The rules that hold between packages. Each module runs them over its own compiled classes with an
 * empty subclass named {@code ModuleRulesTest}; the working folder of the test is the module's.
 */
public abstract class ModuleRulesContract {
    private static final Set<Set<String>> PERMITTED_CYCLES = Set.of(Set.of("org.almagest", "org.almagest.spi"));

    private static JavaClasses classes = new ClassFileImporter().importClasses();

    @BeforeAll
    static void readTheCompiledClasses() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    @Test
    void everyPackageHasARowInTheTable() {
        String module = Path.of("").toAbsolutePath().getFileName().toString();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            String name = type.getPackageName();
            if (!name.isEmpty()
                    && !PackageTable.rowOf(name)
                            .map(Row::module)
                            .filter(module::equals)
                            .isPresent()) {
                wrong.add(name + ": no row of module " + module);
            }
        }
        assertNone(wrong);
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                PackageTable.rowOf(type.getPackageName())
                        .filter(row -> !allows(row, target))
                        .ifPresent(row -> wrong.add(dependency.getDescription()));
            }
        }
        assertNone(wrong);
    }

    @Test
    void packagesFormNoCycle() {
        Map<String, Set<String>> uses = packageGraph();
        Set<String> wrong = new TreeSet<>();
        for (String start : uses.keySet()) {
            for (String other : reachable(uses, start)) {
                boolean cycle = !other.equals(start) && reachable(uses, other).contains(start);
                if (cycle && !PERMITTED_CYCLES.contains(Set.of(start, other))) {
                    wrong.add(start + " and " + other + " use each other");
                }
            }
        }
        assertNone(wrong);
    }

    @Test
    void diskClockRandomnessAndThreadsAreReachedThroughTheirSeams() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            wrong.addAll(BannedCalls.in(type));
        }
        assertNone(wrong);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : classes) {
            JavaPackage home = type.getPackage();
            if (!home.getName().isEmpty()
                    && !home.getName().endsWith(".jmh_generated")
                    && !home.isAnnotatedWith(NullMarked.class)) {
                wrong.add(home.getName() + ": package-info.java with @NullMarked is missing");
            }
        }
        assertNone(wrong);
    }

    /** Other packages below {@code javax} come with libraries. */
    private static boolean isJdk(String name) {
        return isWithin(name, "java") || isWithin(name, "javax.crypto") || isWithin(name, "javax.net.ssl");
    }

    private static boolean allows(Row row, JavaClass target) {
        String name = target.getPackageName();
        if (target.isPrimitive() || isJdk(name) || isWithin(name, "org.jspecify")) {
            return true;
        }
        if (isWithin(name, "org.almagest")) {
            return row.allowsPackage(name);
        }
        return isWithin(name, "org.locationtech.jts.geom") && !row.name().equals("org.almagest.error")
                || row.allowsArtifact(name);
    }

    private static boolean isWithin(String packageName, String prefix) {
        return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
    }

    private static Map<String, Set<String>> packageGraph() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            Set<String> targets = uses.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (isWithin(target.getPackageName(), "org.almagest")) {
                    targets.add(target.getPackageName());
                }
            }
        }
        return uses;
    }

    private static Set<String> reachable(Map<String, Set<String>> uses, String start) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(uses.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            if (seen.add(next)) {
                open.addAll(uses.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    private static void assertNone(Set<String> wrong) {
        if (!wrong.isEmpty()) {
            fail("see PackageTable and BannedCalls:\n" + String.join("\n", wrong));
        }
    }
}

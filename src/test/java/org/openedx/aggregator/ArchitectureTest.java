package org.openedx.aggregator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Context;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The rules of the house that the compiler does not know. */
class ArchitectureTest {

    private static final String ROOT = "org.openedx.aggregator";

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Who may import whom. A package that is not in the table may not exist. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            entry("key", Set.of()),
            entry("lease", Set.of()),
            entry("replica", Set.of()),
            entry("trace", Set.of()),
            entry("transaction", Set.of()),
            entry("schema", Set.of()),
            entry("learner", Set.of("key")),
            entry("course", Set.of("key", "learner", "transaction")),
            entry("completion", Set.of("key", "learner")),
            entry("stale", Set.of("key", "learner", "transaction", "trace")),
            entry("progress", Set.of("key", "transaction", "learner")),
            entry("aggregation",
                    Set.of("key", "lease", "transaction", "learner", "course", "completion", "stale", "progress", "task",
                            "trace")),
            entry("registry", Set.of()),
            entry("event", Set.of("key", "lease", "transaction", "registry", "learner", "course", "completion", "stale",
                    "task", "trace")),
            entry("worker", Set.of("lease", "task")),
            entry("task", Set.of("key", "lease", "transaction", "learner")),
            entry("notification", Set.of("lease", "transaction", "task")),
            entry("artifact", Set.of("task")),
            entry("report", Set.of("key", "learner", "course", "progress", "aggregation", "task")),
            entry("lms", Set.of("key", "lease", "transaction", "course")),
            entry("tracking", Set.of("lease", "transaction", "registry", "learner", "progress", "trace")),
            entry("api", Set.of("key", "learner", "course", "completion", "stale", "progress", "aggregation", "lms",
                    "task", "artifact", "report", "notification", "event", "replica")),
            entry("page", Set.of("task", "api")),
            entry("dev", Set.of("key", "lease", "learner", "course", "completion", "stale", "progress", "aggregation")));

    @Test
    void the_service_is_what_is_checked() {
        assertThat(SERVICE).isNotEmpty();
    }

    @Test
    void packages_import_only_what_the_table_allows() {
        check(classes().should(importOnlyWhatTheTableAllows()));
    }

    @Test
    void packages_have_no_cycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void every_package_says_what_it_knows() {
        check(classes().should(resideInADescribedPackage()));
    }

    @Test
    void entities_stay_at_home() {
        check(classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate());
    }

    @Test
    void transactions_stay_below_the_api() {
        check(noClasses().that().resideInAPackage(ROOT + ".api..")
                .should().dependOnClassesThat().belongToAnyOf(WithTransaction.class, Transactional.class, Panache.class));
    }

    @Test
    void nobody_waits_and_nobody_subscribes() {
        check(noClasses().that().resideOutsideOfPackage(ROOT + ".dev..")
                .should().accessTargetWhere(describe("waits or subscribes", ArchitectureTest::waitsOrSubscribes)));
    }

    @Test
    void jobs_return_what_they_do() {
        check(methods().that().areAnnotatedWith(Scheduled.class).or().areAnnotatedWith(Scheduled.Schedules.class)
                .should().haveRawReturnType(Uni.class));
    }

    @Test
    void fields_are_not_injected() {
        check(noFields().should().beAnnotatedWith(Inject.class)
                .orShould().beAnnotatedWith(Channel.class)
                .orShould().beAnnotatedWith(Context.class));
    }

    @Test
    void settings_are_typed() {
        check(noClasses().should().dependOnClassesThat(are(type(ConfigProperty.class))));
    }

    @Test
    void time_comes_from_an_injected_clock() {
        check(noClasses().that().doNotHaveSimpleName("ClockProducer")
                .should().accessTargetWhere(describe("asks the machine for the time", ArchitectureTest::asksForTheTime)));
    }

    /** Quarkus ignores package-private ones with no more than a warning. */
    @Test
    void resource_methods_are_public() {
        check(methods().that().areMetaAnnotatedWith(HttpMethod.class).should().bePublic());
    }

    /** A rule about classes that do not exist yet holds. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(SERVICE);
    }

    private static DescribedPredicate<JavaClass> type(Class<?> type) {
        return describe(type.getSimpleName(), candidate -> candidate.isEquivalentTo(type));
    }

    private static boolean waitsOrSubscribes(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return Set.of("await", "subscribe").contains(access.getName())
                && (owner.isAssignableTo(Uni.class) || owner.isAssignableTo(Multi.class));
    }

    private static boolean asksForTheTime(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return switch (access.getName()) {
            case "now" -> owner.getPackageName().startsWith("java.time") && !takes(access, Clock.class);
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "systemUTC", "systemDefaultZone", "system" -> owner.isEquivalentTo(Clock.class);
            case "<init>" -> owner.isEquivalentTo(Date.class) && !takes(access, long.class);
            default -> false;
        };
    }

    private static boolean takes(JavaAccess<?> access, Class<?> parameter) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(parameter));
    }

    private static ArchCondition<JavaClass> importOnlyWhatTheTableAllows() {
        return new ArchCondition<>("import only what the table allows") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                forbidden(type).forEach(what -> events.add(SimpleConditionEvent.violated(type, what)));
            }
        };
    }

    private static Stream<String> forbidden(JavaClass type) {
        var room = room(type);
        if (!room.isEmpty() && !MAY_IMPORT.containsKey(room)) {
            return Stream.of("The package " + room + " of " + type.getName() + " is not in the table");
        }
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> !mayImport(room, room(dependency.getTargetClass())))
                .map(Dependency::getDescription);
    }

    private static boolean mayImport(String room, String other) {
        return other.isEmpty() || other.equals(room) || MAY_IMPORT.getOrDefault(room, Set.of()).contains(other);
    }

    /** The feature a class belongs to; empty for the root package and for everybody else's classes. */
    private static String room(JavaClass type) {
        var name = type.getBaseComponentType().getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
    }

    private static ArchCondition<JavaClass> resideInADescribedPackage() {
        return new ArchCondition<>("reside in a package with a package-info") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getPackage().tryGetPackageInfo().isEmpty()) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " has no package-info"));
                }
            }
        };
    }
}

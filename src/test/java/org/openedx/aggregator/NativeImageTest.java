package org.openedx.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;

/** What a JVM does at run time and a native image cannot, unless it is told when it is built. */
class NativeImageTest {

    private static final String ROOT = "org.openedx.aggregator";

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final Set<String> JACKSON_BINDING = Set.of("com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.databind.ObjectReader", "com.fasterxml.jackson.databind.ObjectWriter",
            "io.vertx.core.json.Json", "io.vertx.core.json.JsonObject",
            "io.quarkus.vertx.runtime.jackson.QuarkusJacksonFactory");

    /** Records that are made beside such a call and are not what it writes. */
    private static final Set<String> NOT_WRITTEN = Set.of("Links", "NewTask", "Place", "Requester");

    private static final Set<String> BINDS = Set.of("readValue", "readValues", "treeToValue", "convertValue", "readerFor",
            "mapTo", "mapFrom", "decodeValue", "valueToTree", "writeValueAsString", "writeValueAsBytes", "writeValue", "encode",
            "encodePrettily", "encodeToBuffer", "writerFor");

    @Test
    void what_jackson_reads_or_writes_outside_of_endpoints_is_registered() {
        // Given
        var roots = Stream.concat(bodiesOfExceptionMappers(), boundByHand());

        // When
        var unregistered = withTheirComponents(roots)
                .filter(type -> !type.isEnum() && !type.isInterface() && !NOT_WRITTEN.contains(type.getSimpleName()))
                .filter(type -> !type.isAnnotatedWith(RegisterForReflection.class))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(unregistered).isEmpty();
    }

    @Test
    void the_walk_sees_what_it_is_to_see() {
        assertThat(bodiesOfExceptionMappers().map(JavaClass::getSimpleName)).contains("ApiError");
    }

    @Test
    void nothing_looks_up_classes_or_members_by_name() {
        // When
        var lookups = SERVICE.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> isLookup(access.getTargetOwner().getName(), access.getTarget().getName()))
                .map(JavaAccess::getDescription)
                .toList();

        // Then
        assertThat(lookups).isEmpty();
    }

    private static boolean isLookup(String owner, String method) {
        return switch (owner) {
            case "java.lang.Class" -> Set.of("forName", "getMethod", "getDeclaredMethod", "getMethods", "getDeclaredMethods",
                    "getConstructor", "getDeclaredConstructor", "getField", "getDeclaredField", "getDeclaredFields",
                    "getRecordComponents").contains(method);
            case "java.lang.reflect.Proxy", "java.util.ServiceLoader", "java.lang.invoke.MethodHandles$Lookup" -> true;
            default -> owner.startsWith("java.awt.") || owner.startsWith("javax.imageio.");
        };
    }

    @Test
    void no_static_field_holds_a_socket_a_random_seed_or_the_time() {
        // Given what would be frozen into the image when its heap is made at build time
        Predicate<JavaField> frozen = field -> Stream.of("java.util.Random", "java.security.SecureRandom",
                "java.util.concurrent.ThreadLocalRandom", "java.time.Clock", "java.time.Instant", "java.net.http.HttpClient",
                "java.net.Socket", "java.lang.Thread", "java.util.concurrent.ExecutorService", "io.vertx.core.Vertx")
                .anyMatch(field.getRawType()::isAssignableTo);

        // When
        var fields = SERVICE.stream()
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".dev"))
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(frozen)
                .map(JavaField::getFullName)
                .toList();

        // Then
        assertThat(fields).isEmpty();
    }

    private static Stream<JavaClass> bodiesOfExceptionMappers() {
        return SERVICE.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(ServerExceptionMapper.class))
                .map(JavaMethod::getReturnType)
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    // A class object beside a call of Jackson, or what such a call is made on, is what it binds.
    private static Stream<JavaClass> boundByHand() {
        return SERVICE.stream()
                .filter(NativeImageTest::bindsJson)
                .flatMap(type -> Stream.concat(type.getReferencedClassObjects().stream().map(ReferencedClassObject::getRawType),
                        type.getConstructorCallsFromSelf().stream().map(call -> call.getTargetOwner())
                                .filter(JavaClass::isRecord)));
    }

    private static boolean bindsJson(JavaClass type) {
        return type.getMethodCallsFromSelf()
                .stream()
                .filter(call -> JACKSON_BINDING.contains(call.getTargetOwner().getName()))
                .anyMatch(call -> BINDS.contains(call.getName()) && takesAnyObject(call.getTarget().getRawParameterTypes()));
    }

    private static boolean takesAnyObject(Iterable<JavaClass> parameters) {
        for (var parameter : parameters) {
            if (parameter.isEquivalentTo(Object.class) || parameter.isEquivalentTo(Class.class)) {
                return true;
            }
        }
        return false;
    }

    private static Stream<JavaClass> withTheirComponents(Stream<JavaClass> roots) {
        var seen = new TreeSet<JavaClass>((one, other) -> one.getName().compareTo(other.getName()));
        roots.filter(NativeImageTest::isOurs).forEach(root -> gather(root, seen));
        return seen.stream();
    }

    private static void gather(JavaClass type, Set<JavaClass> seen) {
        if (seen.add(type) && type.isRecord()) {
            type.getFields()
                    .stream()
                    .map(JavaField::getType)
                    .map(JavaType::getAllInvolvedRawTypes)
                    .flatMap(Set::stream)
                    .filter(NativeImageTest::isOurs)
                    .forEach(component -> gather(component, seen));
        }
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT) && !type.getPackageName().startsWith(ROOT + ".dev")
                && !type.isAnnotatedWith(ConfigMapping.class);
    }
}

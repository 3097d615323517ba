package org.openedx.aggregator.api.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What there is to ask for, as the classes say. */
class EndpointsTest {

    private static final String ROOT = "org.openedx.aggregator";

    @Test
    void every_endpoint_is_in_the_matrix() {
        // When
        var endpoints = endpoints();

        // Then
        assertThat(endpoints).hasSizeGreaterThan(30);
        assertThat(Matrix.rows().stream().filter(Matrix.Row::isOurs).map(Matrix.Row::endpoint).collect(Collectors.toSet()))
                .isEqualTo(endpoints);
    }

    // The stand-in of an LMS is not in the packaged service.
    private static Set<String> endpoints() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT)
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class) && !type.isInterface())
                .filter(type -> !type.getPackageName().startsWith(ROOT + ".dev"))
                .flatMap(type -> type.getMethods().stream())
                .flatMap(EndpointsTest::endpoint)
                .collect(Collectors.toSet());
    }

    private static Stream<String> endpoint(JavaMethod method) {
        return method.getAnnotations()
                .stream()
                .map(annotation -> annotation.getRawType().tryGetAnnotationOfType(HttpMethod.class))
                .flatMap(Optional::stream)
                .map(verb -> verb.value() + " " + path(method));
    }

    private static String path(JavaMethod method) {
        JavaClass type = method.getOwner();
        var below = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        var path = type.getAnnotationOfType(Path.class).value() + (below.isEmpty() ? "" : "/" + below);
        return path.replaceAll("\\{slash: [^}]*}", "").replaceAll("\\{(\\w+):[^}]*}", "{$1}");
    }
}

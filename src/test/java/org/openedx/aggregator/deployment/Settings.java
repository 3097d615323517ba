package org.openedx.aggregator.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerConfig;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;

/** The settings there are: our own, from their interfaces, Quarkus's, from the models in its jars, and Kafka's. */
final class Settings {

    private static final Pattern MODEL = Pattern.compile("\"environmentVariable\" : \"([A-Z0-9_]+)\"");
    private static final Pattern ANY_KEY = Pattern.compile("__[A-Z0-9]+(?:_[A-Z0-9]+)*?(?:__|$)");

    private static final Set<String> OURS = fromInterfaces();
    private static final Set<String> OF_QUARKUS = fromModels();
    private static final Set<String> OF_KAFKA = ConsumerConfig.configNames().stream()
            .map(name -> variable("kafka." + name))
            .collect(Collectors.toSet());
    private static final Set<String> VARIABLES = Stream.of(OURS.stream().map(Settings::variable), OF_QUARKUS.stream(),
            OF_KAFKA.stream(), Stream.of("QUARKUS_PROFILE")).flatMap(names -> names).collect(Collectors.toSet());
    private static final List<Pattern> WITH_ANY_KEY = Stream.concat(
            OURS.stream().filter(name -> name.endsWith("*"))
                    .map(name -> variable(name.substring(0, name.length() - 1)) + "\\w+"),
            OF_QUARKUS.stream().filter(name -> name.contains("__")).map(Settings::anyKey)).map(Pattern::compile).toList();

    private Settings() {
    }

    /** As properties; in those of a map the key is {@code *}. */
    static Set<String> ours() {
        return OURS;
    }

    static boolean isSetting(String variable) {
        return VARIABLES.contains(variable) && !variable.contains("__")
                || WITH_ANY_KEY.stream().anyMatch(pattern -> pattern.matcher(variable).matches());
    }

    /** A property as the variable it is given by. */
    static String variable(String property) {
        return property.replaceAll("[^a-zA-Z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }

    private static Set<String> fromInterfaces() {
        var names = new TreeSet<String>();
        new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.openedx.aggregator").stream()
                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                .map(type -> type.reflect())
                .forEach(type -> collect(names, type, type.getAnnotation(ConfigMapping.class).prefix()));
        return names;
    }

    private static void collect(Set<String> names, Class<?> group, String prefix) {
        for (var member : group.getDeclaredMethods()) {
            if (!member.isSynthetic() && !java.lang.reflect.Modifier.isStatic(member.getModifiers()) && !member.isDefault()) {
                collect(names, member.getGenericReturnType(), prefix + "." + name(member));
            }
        }
    }

    private static void collect(Set<String> names, Type type, String name) {
        if (type instanceof ParameterizedType parameterized) {
            var arguments = parameterized.getActualTypeArguments();
            var isMap = parameterized.getRawType() == Map.class;
            collect(names, arguments[arguments.length - 1], isMap ? name + ".*" : name);
        } else if (type instanceof Class<?> group && group.isInterface() && group.getName().startsWith("org.openedx")) {
            collect(names, group, name);
        } else {
            names.add(name);
        }
    }

    private static String name(Method member) {
        var given = member.getAnnotation(WithName.class);
        return given != null ? given.value()
                : member.getName().replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(java.util.Locale.ROOT);
    }

    // A name between two underscores stands for any key: QUARKUS_TLS__TLS_BUCKET_NAME__TRUST_ALL.
    private static String anyKey(String variable) {
        return ANY_KEY.matcher(variable).replaceAll(key -> key.group().endsWith("__") ? "_\\\\w+_" : "_\\\\w+");
    }

    private static Set<String> fromModels() {
        return models().flatMap(model -> MODEL.matcher(model).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Stream<String> models() {
        try {
            return Collections.list(Settings.class.getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json")).stream().map(Settings::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(java.net.URL resource) {
        try (var stream = resource.openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

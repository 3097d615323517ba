package org.openedx.aggregator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;

import javax.crypto.Mac;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** How long the comparison of a signature takes must not tell how much of it was right. */
class SignatureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.openedx.aggregator");
    /** Signs only; the receiver compares. */
    private static final String SIGNER = "WebhookSecret";
    private static final String COOKIE = "CsrfToken";

    @Test
    void who_signs_compares_in_constant_time() {
        assertThat(SERVICE.stream().filter(keepsSecrets())).hasSizeGreaterThanOrEqualTo(4);
        classes().that(keepsSecrets()).and().doNotHaveSimpleName(SIGNER)
                .should().callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
                .check(SERVICE);
    }

    @Test
    void who_signs_compares_in_no_other_way() {
        noClasses().that(keepsSecrets())
                .should().accessTargetWhere(describe("compares letter by letter", SignatureTest::compares))
                .check(SERVICE);
    }

    private static DescribedPredicate<JavaClass> keepsSecrets() {
        return describe("sign or keep a secret", type -> type.getSimpleName().equals(COOKIE)
                || type.getDirectDependenciesFromSelf().stream().anyMatch(to -> to.getTargetClass().isEquivalentTo(Mac.class)));
    }

    private static boolean compares(JavaAccess<?> access) {
        var owner = access.getTargetOwner();
        return Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo").contains(access.getName())
                && Set.of(String.class, Arrays.class, Objects.class).stream().anyMatch(owner::isEquivalentTo);
    }
}

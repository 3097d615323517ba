package org.openedx.aggregator.api.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.openedx.aggregator.task.TaskState;

/** States in the languages of the readers; what a task says in its own words stays as it is. */
public final class StateText {

    private static final Map<String, Map<String, String>> TEXTS = Map.of(
            "en", Map.of(),
            "es", Map.of(
                    TaskState.PENDING, "Pendiente",
                    TaskState.IN_PROGRESS, "En curso",
                    TaskState.SUCCEEDED, "Completada",
                    TaskState.FAILED, "Fallida",
                    TaskState.CANCELED, "Cancelada",
                    TaskState.RETRYING, "Reintentando"),
            "fr", Map.of(
                    TaskState.PENDING, "En attente",
                    TaskState.IN_PROGRESS, "En cours",
                    TaskState.SUCCEEDED, "Réussie",
                    TaskState.FAILED, "Échouée",
                    TaskState.CANCELED, "Annulée",
                    TaskState.RETRYING, "Nouvelle tentative"),
            "ar", Map.of(
                    TaskState.PENDING, "قيد الانتظار",
                    TaskState.IN_PROGRESS, "قيد التنفيذ",
                    TaskState.SUCCEEDED, "نجحت",
                    TaskState.FAILED, "فشلت",
                    TaskState.CANCELED, "أُلغيت",
                    TaskState.RETRYING, "إعادة المحاولة"));

    private StateText() {
    }

    /** The first of the wanted languages, in the order of preference, that there is. */
    public static String language(List<Locale> wanted) {
        return wanted.stream()
                .map(Locale::getLanguage)
                .filter(TEXTS::containsKey)
                .findFirst()
                .orElse("en");
    }

    /** @param language one that {@link #language} gives */
    public static String of(String state, String language) {
        return TEXTS.get(language).getOrDefault(state, state);
    }
}

package org.openedx.aggregator.notification.mail;

import java.util.HashMap;
import java.util.Map;

import org.openedx.aggregator.task.TaskState;

/** What a mail says, in the languages of the readers. */
record MailText(String language, String direction, String succeeded, String failed, String canceled, String greeting,
        Map<String, String> labels) {

    static final String DEFAULT = "en";

    private static final String LTR = "ltr";

    private static final Map<String, MailText> TEXTS = Map.of(
            DEFAULT, new MailText(DEFAULT, LTR, "Done: %s", "Failed: %s", "Canceled: %s", "Hello %s,", labels(
                    "Your task has ended.", "Task", "Result", "Succeeded", "Failed", "Canceled", "Duration", "Reason",
                    "See the task and what it left", "You get this mail because you started this task.",
                    "No more mails about tasks", "You will get no more mails about tasks.")),
            "es", new MailText("es", LTR, "Completada: %s", "Fallida: %s", "Cancelada: %s", "Hola, %s:", labels(
                    "Su tarea ha terminado.", "Tarea", "Resultado", "Completada", "Fallida", "Cancelada", "Duración", "Motivo",
                    "Ver la tarea y sus resultados", "Recibe este correo porque inició esta tarea.",
                    "No recibir más correos sobre tareas", "No recibirá más correos sobre tareas.")),
            "fr", new MailText("fr", LTR, "Réussie : %s", "Échouée : %s", "Annulée : %s", "Bonjour %s,", labels(
                    "Votre tâche est terminée.", "Tâche", "Résultat", "Réussie", "Échouée", "Annulée", "Durée", "Motif",
                    "Voir la tâche et ses résultats", "Vous recevez ce message car vous avez lancé cette tâche.",
                    "Ne plus recevoir de messages sur les tâches", "Vous ne recevrez plus de messages sur les tâches.")),
            "ar", new MailText("ar", "rtl", "اكتملت: %s", "فشلت: %s", "أُلغيت: %s", "مرحبًا %s،", labels(
                    "انتهت مهمتك.", "المهمة", "النتيجة", "نجحت", "فشلت", "أُلغيت", "المدة", "السبب",
                    "عرض المهمة ونتائجها", "تصلك هذه الرسالة لأنك بدأت هذه المهمة.",
                    "إيقاف الرسائل المتعلقة بالمهام", "لن تصلك رسائل أخرى عن المهام.")));

    /** In the given language, or else in English. */
    static MailText in(String language) {
        return TEXTS.getOrDefault(language, TEXTS.get(DEFAULT));
    }

    static Iterable<String> languages() {
        return TEXTS.keySet();
    }

    String subject(String state, String name) {
        return switch (state) {
            case TaskState.SUCCEEDED -> succeeded.formatted(name);
            case TaskState.CANCELED -> canceled.formatted(name);
            default -> failed.formatted(name);
        };
    }

    String result(String state) {
        return labels.getOrDefault(state, state);
    }

    private static Map<String, String> labels(String... texts) {
        var names = new String[] { "ended", "task", "result", TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELED,
                "duration", "error", "open", "why", "optOut", "optedOut" };
        var labels = new HashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            labels.put(names[i], texts[i]);
        }
        return Map.copyOf(labels);
    }
}

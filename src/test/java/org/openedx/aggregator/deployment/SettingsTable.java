package org.openedx.aggregator.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The table of settings, read the way a person reads it: {@code `a.b.c`, `.d`} are a.b.c and a.b.d. */
final class SettingsTable {

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private SettingsTable() {
    }

    record Row(String name, String standard) {
    }

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        Project.read("src/docs/settings.md").lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> rows.addAll(rows(line.split("\\|"))));
        return rows;
    }

    private static List<Row> rows(String[] cells) {
        var names = names(cells[1]);
        var standards = cells[2].split(",");
        var rows = new ArrayList<Row>();
        for (int index = 0; index < names.size(); index++) {
            var standard = standards[standards.length == names.size() ? index : 0].strip();
            rows.add(new Row(names.get(index), standard));
        }
        return rows;
    }

    private static List<String> names(String cell) {
        var names = new ArrayList<String>();
        for (var name : NAME.matcher(cell).results().toList()) {
            names.add(full(name.group(1), names));
        }
        return names;
    }

    private static String full(String name, List<String> before) {
        if (!name.startsWith(".")) {
            return name;
        }
        var first = before.get(0);
        return first.substring(0, first.lastIndexOf('.')) + name;
    }
}

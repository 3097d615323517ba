package org.openedx.aggregator.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final String LMS = "https://lms.example/completion-aggregator/v1/course/course-v1:A+B+C/";

    @ParameterizedTest
    @CsvSource({ "25, 25", "1, 1", "1000, 1000", "1001, 1000", "1000000000, 1000", "99999999999999999999, 1000", "007, 7",
            "0, 10", "-1, 10", "-99999999999999, 10", "abc, 10", "1e9, 10", "2.5, 10", "'', 10", "'5 ', 10",
            "٣, 10" })
    void a_size_that_makes_no_sense_is_the_default(String asked, int size) {
        assertThat(PageQuery.of(Optional.empty(), Optional.of(asked)).size()).isEqualTo(size);
    }

    @Test
    void nothing_asked_for_is_the_first_ten() {
        assertThat(PageQuery.of(Optional.empty(), Optional.empty()).of(23)).isEqualTo(new Page(1, 10, 23, 3));
    }

    @ParameterizedTest
    @CsvSource({ "1, 1", "3, 3", "03, 3", "last, 3", "'', 1" })
    void a_page_that_exists_is_found(String asked, long number) {
        assertThat(PageQuery.of(Optional.of(asked), Optional.empty()).of(23).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "4", "-1", "999", "99999999999999999999", "abc", "Last", "1.0", "1e0", " 1" })
    void a_page_that_does_not_exist_is_an_error(String asked) {
        // Given
        var query = PageQuery.of(Optional.of(asked), Optional.empty());

        // Then
        assertThatThrownBy(() -> query.of(23)).isInstanceOf(InvalidPageException.class).hasMessage("Invalid page.");
    }

    @ParameterizedTest
    @CsvSource({ "0, 1", "1, 1", "10, 1", "11, 2", "20, 2", "21, 3" })
    void an_empty_list_has_one_page(long count, long pages) {
        // When
        var page = PageQuery.of(Optional.of("last"), Optional.empty()).of(count);

        // Then
        assertThat(page).isEqualTo(new Page(pages, 10, count, pages));
        assertThat(page.offset()).isEqualTo((pages - 1) * 10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "1 |                        | ?page=2                  | -",
            "2 | ?page=2                | ?page=3                  | ''",
            "3 | ?page=last             | -                        | ?page=2",
            "3 | ?page=3&page_size=10   | -                        | ?page=2&page_size=10",
            "2 | ?page=2&page_size=10   | ?page=3&page_size=10     | ?page_size=10",
            "1 | ?username=a&mean=      | ?mean=&page=2&username=a | -",
            "1 | ?username=a%2Bb%20c&&x | ?page=2&username=a%2Bb+c&x= | -",
            "1 | ?user_ids=1,2          | ?page=2&user_ids=1%2C2   | -",
            "1 | ?a=2&a=1               | ?a=2&a=1&page=2          | -",
            "1 | ?%zz=%zz               | ?%25zz=%25zz&page=2      | -" })
    void the_neighbours_keep_the_rest_of_the_query(long number, String query, String next, String previous) {
        // Given
        var page = new Page(number, 10, 23, 3);
        var request = query == null ? URI.create(LMS) : uri(query);

        // Then
        assertThat(page.next(request)).isEqualTo(Optional.ofNullable(next).map(LMS::concat));
        assertThat(page.previous(request)).isEqualTo(Optional.ofNullable(previous).map(LMS::concat));
    }

    @Test
    void a_single_page_has_no_neighbours() {
        // Given
        var page = new Page(1, 10, 0, 1);

        // Then
        assertThat(page.next(URI.create(LMS))).isEmpty();
        assertThat(page.previous(URI.create(LMS))).isEmpty();
    }

    private static URI uri(String query) {
        return URI.create(LMS + query.replace("%zz", "%25zz"));
    }
}

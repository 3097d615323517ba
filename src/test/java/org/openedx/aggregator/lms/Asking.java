package org.openedx.aggregator.lms;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.openedx.aggregator.course.Limits;
import org.openedx.aggregator.support.StubLms;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;

/** The client of an LMS, put together by hand. */
record Asking(LmsHttp http, LmsApi api, CourseBlocksClient blocks, CourseOutlineClient outlines) {

    static Asking of(StubLms lms, Vertx vertx, Clock clock, Map<String, String> settings) {
        var config = config(lms, settings);
        var http = new LmsHttp(vertx, config, new NoTls(), clock);
        var api = new LmsApi(http, new ServiceToken(http, config, new ObjectMapper(), clock), config);
        return new Asking(http, api, new CourseBlocksClient(api, Limits.standard()), new CourseOutlineClient(api));
    }

    private static LmsConfig config(StubLms lms, Map<String, String> settings) {
        var all = new HashMap<>(lms.properties());
        all.putAll(Map.of("aggregator.lms.repetition-after", "PT0.02S", "aggregator.lms.repetitions", "0"));
        all.putAll(settings);
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LmsConfig.class)
                .withDefaultValues(all)
                .build()
                .getConfigMapping(LmsConfig.class);
    }

    private static final class NoTls implements TlsConfigurationRegistry {

        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    }
}

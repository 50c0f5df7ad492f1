CREATE TABLE anchor (
	seq INTEGER NOT NULL,
	h BLOB NOT NULL,
	kind TEXT NOT NULL,
	ref TEXT NOT NULL,
	key_id TEXT NOT NULL,
	sig BLOB NOT NULL,
	at TEXT NOT NULL
)
 STRICT;

CREATE TABLE audit (
	seq INTEGER NOT NULL,
	prev BLOB NOT NULL,
	payload_hash BLOB NOT NULL,
	h BLOB NOT NULL,
	payload TEXT,
	op_id TEXT NOT NULL,
	actor TEXT NOT NULL,
	entity TEXT,
	entity_id TEXT,
	action TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (seq),
	CONSTRAINT uq_audit__h UNIQUE (h),
	CONSTRAINT uq_audit__op_id UNIQUE (op_id)
)
 STRICT;

CREATE INDEX ix_audit__action ON audit (action);

CREATE INDEX ix_audit__entity_id ON audit (entity_id);

CREATE TABLE draft (
	id INTEGER NOT NULL,
	user_id TEXT NOT NULL,
	scope TEXT NOT NULL,
	n INTEGER NOT NULL,
	kind TEXT NOT NULL,
	payload TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_draft PRIMARY KEY (id),
	CONSTRAINT uq_draft__user_id_scope_n UNIQUE (user_id, scope, n)
)
 STRICT;

CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE clinic (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	address TEXT,
	city TEXT,
	state TEXT,
	postal_code TEXT,
	country TEXT,
	phone TEXT,
	email TEXT,
	facility TEXT,
	time_zone TEXT,
	practice INTEGER,
	CONSTRAINT pk_clinic PRIMARY KEY (id),
	CONSTRAINT fk_clinic__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE patient (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	code TEXT,
	name TEXT,
	name_null TEXT,
	record_number TEXT,
	record_number_null TEXT,
	phone TEXT,
	phone_null TEXT,
	address TEXT,
	address_null TEXT,
	birth_date TEXT,
	birth_date_null TEXT,
	age TEXT,
	age_null TEXT,
	age_unit TEXT,
	age_on TEXT,
	sex TEXT,
	sex_null TEXT,
	race TEXT,
	race_null TEXT,
	history TEXT,
	history_null TEXT,
	allergies TEXT,
	allergies_null TEXT,
	deceased_on TEXT,
	deceased_on_null TEXT,
	CONSTRAINT pk_patient PRIMARY KEY (id),
	CONSTRAINT fk_patient__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE product (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	name_null TEXT,
	strength TEXT,
	strength_null TEXT,
	strength_unit TEXT,
	ndc TEXT,
	ndc_null TEXT,
	maker TEXT,
	maker_null TEXT,
	types TEXT,
	types_null TEXT,
	controlled INTEGER,
	CONSTRAINT pk_product PRIMARY KEY (id),
	CONSTRAINT fk_product__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE signature (
	id TEXT NOT NULL,
	entity TEXT NOT NULL,
	entity_id TEXT NOT NULL,
	entity_version INTEGER NOT NULL,
	state_hash BLOB NOT NULL,
	statement TEXT NOT NULL,
	key_id TEXT NOT NULL,
	sig BLOB NOT NULL,
	audit_seq INTEGER NOT NULL,
	CONSTRAINT pk_signature PRIMARY KEY (id),
	CONSTRAINT fk_signature__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_signature__entity_id ON signature (entity_id);

CREATE TABLE signing_key (
	key_id TEXT NOT NULL,
	user_id TEXT NOT NULL,
	public BLOB NOT NULL,
	enrolled_by TEXT NOT NULL,
	countersigned_by TEXT,
	valid_from_seq INTEGER NOT NULL,
	retired_at_seq INTEGER,
	audit_seq INTEGER NOT NULL,
	CONSTRAINT pk_signing_key PRIMARY KEY (key_id),
	CONSTRAINT fk_signing_key__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE staff (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	user_name TEXT,
	name TEXT,
	role TEXT,
	qualification TEXT,
	phone TEXT,
	email TEXT,
	active INTEGER,
	CONSTRAINT pk_staff PRIMARY KEY (id),
	CONSTRAINT fk_staff__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE UNIQUE INDEX uq_staff__user_name ON staff (user_name);

CREATE TABLE consent (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	kind TEXT,
	given INTEGER,
	given_null TEXT,
	"on" TEXT,
	on_null TEXT,
	document TEXT,
	CONSTRAINT pk_consent PRIMARY KEY (id),
	CONSTRAINT fk_consent__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_consent__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_consent__patient_id ON consent (patient_id);

CREATE TABLE lot (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	product_id TEXT,
	number TEXT,
	number_null TEXT,
	expires TEXT,
	expires_null TEXT,
	bought_from TEXT,
	bought_from_null TEXT,
	bought_address TEXT,
	bought_address_null TEXT,
	bought_city TEXT,
	bought_city_null TEXT,
	bought_state TEXT,
	bought_state_null TEXT,
	bought_postal_code TEXT,
	bought_postal_code_null TEXT,
	bought_country TEXT,
	bought_country_null TEXT,
	bought_website TEXT,
	bought_website_null TEXT,
	bought_on TEXT,
	bought_on_null TEXT,
	CONSTRAINT pk_lot PRIMARY KEY (id),
	CONSTRAINT fk_lot__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_lot__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_lot__product_id ON lot (product_id);

CREATE TABLE patient__medicines (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	name TEXT,
	dose TEXT,
	started TEXT,
	started_null TEXT,
	ended TEXT,
	ended_null TEXT,
	ongoing INTEGER,
	ongoing_null TEXT,
	role TEXT,
	CONSTRAINT pk_patient__medicines PRIMARY KEY (record_id, line),
	CONSTRAINT fk_patient__medicines__record_id FOREIGN KEY(record_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE session (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	number TEXT,
	setting TEXT,
	setting_null TEXT,
	route TEXT,
	route_null TEXT,
	indication TEXT,
	indication_null TEXT,
	started TEXT,
	started_null TEXT,
	ended TEXT,
	ended_null TEXT,
	ending TEXT,
	ending_null TEXT,
	ending_reason TEXT,
	chair TEXT,
	note TEXT,
	CONSTRAINT pk_session PRIMARY KEY (id),
	CONSTRAINT fk_session__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_session__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_session__patient_id ON session (patient_id);

CREATE TABLE case_file (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	number TEXT,
	title TEXT,
	involvement TEXT,
	types TEXT,
	occurred_on TEXT,
	occurred_on_null TEXT,
	narrative TEXT,
	test_comments TEXT,
	more_history TEXT,
	availability TEXT,
	availability_null TEXT,
	returned_on TEXT,
	returned_on_null TEXT,
	pictures INTEGER,
	device_brand TEXT,
	device_brand_null TEXT,
	device_procode TEXT,
	device_procode_null TEXT,
	device_common_name TEXT,
	device_common_name_null TEXT,
	device_maker TEXT,
	device_maker_null TEXT,
	device_model TEXT,
	device_model_null TEXT,
	device_lot TEXT,
	device_lot_null TEXT,
	device_catalog TEXT,
	device_catalog_null TEXT,
	device_expires TEXT,
	device_expires_null TEXT,
	device_serial TEXT,
	device_serial_null TEXT,
	device_udi TEXT,
	device_udi_null TEXT,
	device_operator TEXT,
	device_operator_null TEXT,
	device_implanted TEXT,
	device_implanted_null TEXT,
	device_explanted TEXT,
	device_explanted_null TEXT,
	device_reprocessed INTEGER,
	device_reprocessed_null TEXT,
	device_reprocessor TEXT,
	device_reprocessor_null TEXT,
	device_serviced TEXT,
	CONSTRAINT pk_case_file PRIMARY KEY (id),
	CONSTRAINT fk_case_file__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_case_file__patient_id ON case_file (patient_id);

CREATE INDEX ix_case_file__session_id ON case_file (session_id);

CREATE UNIQUE INDEX uq_case_file__number ON case_file (number);

CREATE TABLE administration (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	case_id TEXT,
	product_id TEXT,
	lot_id TEXT,
	dose TEXT,
	dose_null TEXT,
	dose_unit TEXT,
	dose_text TEXT,
	rate TEXT,
	rate_unit TEXT,
	route TEXT,
	route_null TEXT,
	route_text TEXT,
	frequency TEXT,
	frequency_null TEXT,
	frequency_text TEXT,
	started TEXT,
	started_null TEXT,
	ended TEXT,
	ended_null TEXT,
	reduced_on TEXT,
	reduced_on_null TEXT,
	duration TEXT,
	duration_null TEXT,
	duration_unit TEXT,
	ongoing INTEGER,
	ongoing_null TEXT,
	indication TEXT,
	indication_null TEXT,
	role TEXT,
	CONSTRAINT pk_administration PRIMARY KEY (id),
	CONSTRAINT fk_administration__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_administration__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_administration__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_administration__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_administration__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_administration__lot_id FOREIGN KEY(lot_id) REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_administration__case_id ON administration (case_id);

CREATE INDEX ix_administration__lot_id ON administration (lot_id);

CREATE INDEX ix_administration__patient_id ON administration (patient_id);

CREATE INDEX ix_administration__product_id ON administration (product_id);

CREATE INDEX ix_administration__session_id ON administration (session_id);

CREATE TABLE awareness (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	at TEXT,
	at_null TEXT,
	who TEXT,
	who_null TEXT,
	teller TEXT,
	teller_null TEXT,
	what TEXT,
	CONSTRAINT pk_awareness PRIMARY KEY (id),
	CONSTRAINT fk_awareness__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_awareness__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_awareness__case_id ON awareness (case_id);

CREATE TABLE case_file__stated (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	path TEXT,
	value TEXT,
	reason TEXT,
	CONSTRAINT pk_case_file__stated PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__stated__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE event (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	case_id TEXT,
	session_id TEXT,
	verbatim TEXT,
	onset TEXT,
	onset_null TEXT,
	ended TEXT,
	ended_null TEXT,
	severity TEXT,
	severity_null TEXT,
	seriousness TEXT,
	seriousness_null TEXT,
	assessed_by TEXT,
	outcome TEXT,
	outcome_null TEXT,
	action_taken TEXT,
	action_taken_null TEXT,
	dechallenge TEXT,
	dechallenge_null TEXT,
	rechallenge TEXT,
	rechallenge_null TEXT,
	treatment TEXT,
	treatment_null TEXT,
	stated_causality TEXT,
	note TEXT,
	CONSTRAINT pk_event PRIMARY KEY (id),
	CONSTRAINT fk_event__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_event__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_event__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_event__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_event__case_id ON event (case_id);

CREATE INDEX ix_event__patient_id ON event (patient_id);

CREATE INDEX ix_event__session_id ON event (session_id);

CREATE TABLE observation (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	case_id TEXT,
	kind TEXT,
	at TEXT,
	at_null TEXT,
	value TEXT,
	value_null TEXT,
	systolic TEXT,
	systolic_null TEXT,
	diastolic TEXT,
	diastolic_null TEXT,
	mean TEXT,
	mean_null TEXT,
	unit TEXT,
	test_name TEXT,
	result TEXT,
	low TEXT,
	high TEXT,
	source TEXT,
	device TEXT,
	status TEXT,
	status_reason TEXT,
	note TEXT,
	CONSTRAINT pk_observation PRIMARY KEY (id),
	CONSTRAINT fk_observation__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_observation__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_observation__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_observation__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_observation__case_id ON observation (case_id);

CREATE INDEX ix_observation__patient_id ON observation (patient_id);

CREATE INDEX ix_observation__session_id ON observation (session_id);

CREATE TABLE report (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	number TEXT,
	form TEXT,
	destination TEXT,
	state TEXT,
	reported_on TEXT,
	also_reported_to TEXT,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT fk_report__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_report__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_report__case_id ON report (case_id);

CREATE TABLE reporter (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	staff_id TEXT,
	files INTEGER,
	relation TEXT,
	relation_null TEXT,
	last_name TEXT,
	last_name_null TEXT,
	first_name TEXT,
	first_name_null TEXT,
	address TEXT,
	address_null TEXT,
	city TEXT,
	city_null TEXT,
	state TEXT,
	state_null TEXT,
	postal_code TEXT,
	postal_code_null TEXT,
	country TEXT,
	country_null TEXT,
	phone TEXT,
	phone_null TEXT,
	email TEXT,
	email_null TEXT,
	health_professional INTEGER,
	health_professional_null TEXT,
	occupation TEXT,
	occupation_null TEXT,
	may_be_called INTEGER,
	may_be_called_null TEXT,
	withhold_identity INTEGER,
	CONSTRAINT pk_reporter PRIMARY KEY (id),
	CONSTRAINT fk_reporter__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_reporter__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_reporter__staff_id FOREIGN KEY(staff_id) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_reporter__case_id ON reporter (case_id);

CREATE INDEX ix_reporter__staff_id ON reporter (staff_id);

CREATE TABLE decision (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	event_id TEXT,
	answer TEXT,
	destinations TEXT,
	obligation TEXT,
	reason TEXT,
	decided_by TEXT,
	at TEXT,
	CONSTRAINT pk_decision PRIMARY KEY (id),
	CONSTRAINT fk_decision__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_decision__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_decision__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_decision__case_id ON decision (case_id);

CREATE INDEX ix_decision__event_id ON decision (event_id);

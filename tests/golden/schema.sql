CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT pk_alembic_version PRIMARY KEY (version_num)
);

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
	version INTEGER,
	action TEXT NOT NULL,
	at TEXT NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (seq),
	CONSTRAINT uq_audit__op_id UNIQUE (op_id)
)
 STRICT;

CREATE INDEX ix_audit__action ON audit (action) WHERE version IS NULL;

CREATE INDEX ix_audit__entity_id ON audit (entity_id);

CREATE TABLE blob (
	sha256 TEXT NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT pk_blob PRIMARY KEY (sha256)
)
 STRICT;

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

CREATE TABLE import_row (
	seq INTEGER NOT NULL,
	entity TEXT NOT NULL,
	entity_id TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_import_row PRIMARY KEY (seq, entity, entity_id)
)
 WITHOUT ROWID,
 STRICT;

CREATE TABLE meta (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_meta PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE search_document (
	id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	record_id TEXT NOT NULL,
	title TEXT NOT NULL,
	second TEXT NOT NULL,
	happened TEXT NOT NULL,
	state TEXT NOT NULL,
	serious TEXT NOT NULL,
	products TEXT NOT NULL,
	words TEXT NOT NULL,
	CONSTRAINT pk_search_document PRIMARY KEY (id),
	CONSTRAINT uq_search_document__kind_record_id UNIQUE (kind, record_id)
)
 STRICT;

CREATE TABLE search_due (
	kind TEXT NOT NULL,
	record_id TEXT NOT NULL,
	CONSTRAINT pk_search_due PRIMARY KEY (kind, record_id)
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
	duties TEXT,
	contact TEXT,
	contact_title TEXT,
	contact_first_name TEXT,
	contact_last_name TEXT,
	department TEXT,
	fax TEXT,
	sender_id TEXT,
	receiver_id TEXT,
	cms_number TEXT,
	exemption TEXT,
	target_days INTEGER,
	protocol_hours INTEGER,
	state_hours INTEGER,
	annual_report_for INTEGER,
	time_zone TEXT,
	practice INTEGER,
	CONSTRAINT pk_clinic PRIMARY KEY (id),
	CONSTRAINT fk_clinic__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE column_mapping (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	header TEXT,
	"table" TEXT,
	mapping TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_column_mapping PRIMARY KEY (id),
	CONSTRAINT fk_column_mapping__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE lot_rule (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	active INTEGER,
	events INTEGER,
	patients INTEGER,
	days INTEGER,
	same_term INTEGER,
	CONSTRAINT pk_lot_rule PRIMARY KEY (id),
	CONSTRAINT fk_lot_rule__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE official_form (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	form TEXT,
	sha256 TEXT,
	size INTEGER,
	brought_on TEXT,
	"by" TEXT,
	CONSTRAINT pk_official_form PRIMARY KEY (id),
	CONSTRAINT fk_official_form__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
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
	age_group TEXT,
	sex TEXT,
	sex_null TEXT,
	race TEXT,
	race_null TEXT,
	height INTEGER,
	history TEXT,
	history_null TEXT,
	allergies TEXT,
	allergies_null TEXT,
	deceased_on TEXT,
	deceased_on_null TEXT,
	death_source TEXT,
	death_source_null TEXT,
	death_cause TEXT,
	death_cause_null TEXT,
	autopsy INTEGER,
	autopsy_null TEXT,
	CONSTRAINT pk_patient PRIMARY KEY (id),
	CONSTRAINT fk_patient__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_patient__code_id ON patient (code, id);

CREATE INDEX ix_patient__name_id ON patient (name, id);

CREATE TABLE protocol (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	route TEXT,
	setting TEXT,
	source TEXT,
	minimum_minutes INTEGER,
	aldrete_least INTEGER,
	rest_minutes INTEGER,
	hold_minutes INTEGER,
	call_tries INTEGER,
	ceiling_systolic TEXT,
	ceiling_diastolic TEXT,
	CONSTRAINT pk_protocol PRIMARY KEY (id),
	CONSTRAINT fk_protocol__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE reminder (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	line TEXT,
	"to" TEXT,
	words TEXT,
	at TEXT,
	"by" TEXT,
	CONSTRAINT pk_reminder PRIMARY KEY (id),
	CONSTRAINT fk_reminder__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE saved_filter (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	owner TEXT,
	urgency TEXT,
	kinds TEXT,
	authorities TEXT,
	words TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_saved_filter PRIMARY KEY (id),
	CONSTRAINT fk_saved_filter__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	code TEXT,
	edition TEXT,
	name TEXT,
	active INTEGER,
	measures TEXT,
	informant TEXT,
	wording TEXT,
	basis TEXT,
	scoring TEXT,
	missing_rule TEXT,
	missing_most INTEGER,
	missing_basis TEXT,
	alert_total INTEGER,
	alert_basis TEXT,
	response_percent TEXT,
	partial_percent TEXT,
	remission_below INTEGER,
	response_basis TEXT,
	reliable_change TEXT,
	reliable_end_below INTEGER,
	reliable_basis TEXT,
	notable_rise TEXT,
	CONSTRAINT pk_scale PRIMARY KEY (id),
	CONSTRAINT fk_scale__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale_schedule (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	scale TEXT,
	active INTEGER,
	routes TEXT,
	at_baseline INTEGER,
	every INTEGER,
	counted_in TEXT,
	lapses_after INTEGER,
	basis TEXT,
	CONSTRAINT pk_scale_schedule PRIMARY KEY (id),
	CONSTRAINT fk_scale_schedule__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale_wording (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	scale TEXT,
	edition TEXT,
	language TEXT,
	title TEXT,
	instruction TEXT,
	licence TEXT,
	file_name TEXT,
	sha256 TEXT,
	loaded_at TEXT,
	loaded_by TEXT,
	withdrawn_reason TEXT,
	CONSTRAINT pk_scale_wording PRIMARY KEY (id),
	CONSTRAINT fk_scale_wording__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE schema_set (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	path TEXT,
	files INTEGER,
	sha256 TEXT,
	registered_on TEXT,
	"by" TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_schema_set PRIMARY KEY (id),
	CONSTRAINT fk_schema_set__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
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

CREATE TABLE study (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	title TEXT,
	protocol TEXT,
	ind TEXT,
	cross_inds TEXT,
	pre_anda TEXT,
	registration TEXT,
	registration_country TEXT,
	study_type TEXT,
	sponsor TEXT,
	sponsor_contact TEXT,
	duty TEXT,
	protocol_hours INTEGER,
	blinded INTEGER,
	CONSTRAINT pk_study PRIMARY KEY (id),
	CONSTRAINT fk_study__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE terminology (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	edition TEXT,
	meddra_edition TEXT,
	language TEXT,
	sha256 TEXT,
	terms INTEGER,
	current INTEGER,
	loaded_by TEXT,
	loaded_at TEXT,
	CONSTRAINT pk_terminology PRIMARY KEY (id),
	CONSTRAINT fk_terminology__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE watch_rule (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	code TEXT,
	active INTEGER,
	routes TEXT,
	term TEXT,
	kind TEXT,
	part TEXT,
	side TEXT,
	"limit" TEXT,
	severe TEXT,
	percent_of_baseline TEXT,
	repeat_minutes INTEGER,
	basis TEXT,
	CONSTRAINT pk_watch_rule PRIMARY KEY (id),
	CONSTRAINT fk_watch_rule__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

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

CREATE TABLE patient__causes (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	words TEXT,
	meddra_code TEXT,
	meddra_edition TEXT,
	by_autopsy INTEGER,
	CONSTRAINT pk_patient__causes PRIMARY KEY (record_id, line),
	CONSTRAINT fk_patient__causes__record_id FOREIGN KEY(record_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE patient__conditions (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	name TEXT,
	icd10cm TEXT,
	started TEXT,
	started_null TEXT,
	ended TEXT,
	ended_null TEXT,
	ongoing INTEGER,
	ongoing_null TEXT,
	meddra_code TEXT,
	meddra_edition TEXT,
	family INTEGER,
	comment TEXT,
	CONSTRAINT pk_patient__conditions PRIMARY KEY (record_id, line),
	CONSTRAINT fk_patient__conditions__record_id FOREIGN KEY(record_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

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
	indication_code TEXT,
	reaction_code TEXT,
	meddra_edition TEXT,
	CONSTRAINT pk_patient__medicines PRIMARY KEY (record_id, line),
	CONSTRAINT fk_patient__medicines__record_id FOREIGN KEY(record_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE pregnancy (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	exposed TEXT,
	exposed_null TEXT,
	last_period TEXT,
	last_period_null TEXT,
	due_on TEXT,
	due_on_null TEXT,
	learnt TEXT,
	told_by TEXT,
	told_by_null TEXT,
	ask_on TEXT,
	outcome TEXT,
	outcome_null TEXT,
	outcome_on TEXT,
	outcome_on_null TEXT,
	child_affected TEXT,
	child_affected_null TEXT,
	note TEXT,
	"by" TEXT,
	CONSTRAINT pk_pregnancy PRIMARY KEY (id),
	CONSTRAINT fk_pregnancy__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_pregnancy__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_pregnancy__patient_id ON pregnancy (patient_id);

CREATE TABLE product (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	study_id TEXT,
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
	application TEXT,
	combination INTEGER,
	category TEXT,
	controlled INTEGER,
	CONSTRAINT pk_product PRIMARY KEY (id),
	CONSTRAINT fk_product__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_product__study_id FOREIGN KEY(study_id) REFERENCES study (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_product__study_id ON product (study_id);

CREATE TABLE protocol__due (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	minute INTEGER,
	counted_from TEXT,
	words TEXT,
	kinds TEXT,
	CONSTRAINT pk_protocol__due PRIMARY KEY (record_id, line),
	CONSTRAINT fk_protocol__due__record_id FOREIGN KEY(record_id) REFERENCES protocol (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE protocol__questions (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	list TEXT,
	code TEXT,
	words TEXT,
	applies TEXT,
	evidence TEXT,
	stops INTEGER,
	basis TEXT,
	CONSTRAINT pk_protocol__questions PRIMARY KEY (record_id, line),
	CONSTRAINT fk_protocol__questions__record_id FOREIGN KEY(record_id) REFERENCES protocol (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale__bands (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	least INTEGER,
	name TEXT,
	CONSTRAINT pk_scale__bands PRIMARY KEY (record_id, line),
	CONSTRAINT fk_scale__bands__record_id FOREIGN KEY(record_id) REFERENCES scale (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale__groups (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	code TEXT,
	name TEXT,
	CONSTRAINT pk_scale__groups PRIMARY KEY (record_id, line),
	CONSTRAINT fk_scale__groups__record_id FOREIGN KEY(record_id) REFERENCES scale (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale__items (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	number INTEGER,
	topic TEXT,
	lowest INTEGER,
	highest INTEGER,
	"group" TEXT,
	counted INTEGER,
	never_filled INTEGER,
	alert_from INTEGER,
	CONSTRAINT pk_scale__items PRIMARY KEY (record_id, line),
	CONSTRAINT fk_scale__items__record_id FOREIGN KEY(record_id) REFERENCES scale (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale_wording__answers (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	number INTEGER,
	points INTEGER,
	words TEXT,
	CONSTRAINT pk_scale_wording__answers PRIMARY KEY (record_id, line),
	CONSTRAINT fk_scale_wording__answers__record_id FOREIGN KEY(record_id) REFERENCES scale_wording (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE scale_wording__items (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	number INTEGER,
	words TEXT,
	CONSTRAINT pk_scale_wording__items PRIMARY KEY (record_id, line),
	CONSTRAINT fk_scale_wording__items__record_id FOREIGN KEY(record_id) REFERENCES scale_wording (id) DEFERRABLE INITIALLY DEFERRED
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
	planned TEXT,
	protocol TEXT,
	minimum_minutes INTEGER,
	prescriber TEXT,
	started TEXT,
	started_null TEXT,
	ended TEXT,
	ended_null TEXT,
	ending TEXT,
	ending_null TEXT,
	ending_reason TEXT,
	ending_reason_null TEXT,
	override_reason TEXT,
	ready_minute INTEGER,
	medicine_classes TEXT,
	medicine_classes_null TEXT,
	escort TEXT,
	escort_null TEXT,
	ems_called TEXT,
	ems_arrived TEXT,
	ems_left TEXT,
	transferred_to TEXT,
	transferred_to_null TEXT,
	transferred_by TEXT,
	transferred_by_null TEXT,
	transfer_unknown TEXT,
	rems_completed TEXT,
	rems_completed_by TEXT,
	peer_monitor TEXT,
	peer_monitor_null TEXT,
	peer_phone_known INTEGER,
	peer_phone_known_null TEXT,
	video INTEGER,
	video_null TEXT,
	told_by TEXT,
	told_by_null TEXT,
	chair TEXT,
	note TEXT,
	CONSTRAINT pk_session PRIMARY KEY (id),
	CONSTRAINT fk_session__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_session__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_session__patient_id ON session (patient_id, started);

CREATE TABLE study__further_registrations (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	number TEXT,
	country TEXT,
	CONSTRAINT pk_study__further_registrations PRIMARY KEY (record_id, line),
	CONSTRAINT fk_study__further_registrations__record_id FOREIGN KEY(record_id) REFERENCES study (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE term_block (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	terminology_id TEXT,
	number INTEGER,
	CONSTRAINT pk_term_block PRIMARY KEY (id),
	CONSTRAINT fk_term_block__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_term_block__terminology_id FOREIGN KEY(terminology_id) REFERENCES terminology (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_term_block__terminology_id ON term_block (terminology_id);

CREATE TABLE call (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	at TEXT,
	reached TEXT,
	spoke_with TEXT,
	well TEXT,
	well_null TEXT,
	slept TEXT,
	slept_null TEXT,
	nothing_new TEXT,
	nothing_new_null TEXT,
	words TEXT,
	"by" TEXT,
	CONSTRAINT pk_call PRIMARY KEY (id),
	CONSTRAINT fk_call__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_call__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_call__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_call__patient_id ON call (patient_id);

CREATE INDEX ix_call__session_id ON call (session_id);

CREATE TABLE case_file (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	study_id TEXT,
	pregnancy_id TEXT,
	subject_number TEXT,
	number TEXT,
	sender_number TEXT,
	worldwide_number TEXT,
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
	place TEXT,
	place_null TEXT,
	place_text TEXT,
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
	device_operator_text TEXT,
	device_implanted TEXT,
	device_implanted_null TEXT,
	device_explanted TEXT,
	device_explanted_null TEXT,
	device_reprocessed INTEGER,
	device_reprocessed_null TEXT,
	device_reprocessor TEXT,
	device_reprocessor_null TEXT,
	device_serviced TEXT,
	device_age_years TEXT,
	device_age_years_null TEXT,
	device_age_months TEXT,
	device_age_months_null TEXT,
	device_clinical_code TEXT,
	device_impact_code TEXT,
	device_problem_code TEXT,
	device_component_code TEXT,
	device_failed INTEGER,
	device_usage TEXT,
	device_remedial TEXT,
	device_follow_ups TEXT,
	beyond_sender_comment TEXT,
	beyond_reporter_comment TEXT,
	beyond_other_therapies INTEGER,
	beyond_documents TEXT,
	CONSTRAINT pk_case_file PRIMARY KEY (id),
	CONSTRAINT fk_case_file__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__study_id FOREIGN KEY(study_id) REFERENCES study (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_case_file__pregnancy_id FOREIGN KEY(pregnancy_id) REFERENCES pregnancy (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_case_file__patient_id ON case_file (patient_id);

CREATE INDEX ix_case_file__pregnancy_id ON case_file (pregnancy_id);

CREATE INDEX ix_case_file__session_id ON case_file (session_id);

CREATE INDEX ix_case_file__study_id ON case_file (study_id);

CREATE UNIQUE INDEX uq_case_file__number ON case_file (number);

CREATE TABLE label_list (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	product_id TEXT,
	name TEXT,
	label_version TEXT,
	dated TEXT,
	entered_by TEXT,
	entered_at TEXT,
	CONSTRAINT pk_label_list PRIMARY KEY (id),
	CONSTRAINT fk_label_list__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_label_list__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_label_list__product_id ON label_list (product_id);

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

CREATE TABLE saved_search (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	name TEXT,
	owner TEXT,
	words TEXT,
	kinds TEXT,
	since TEXT,
	until TEXT,
	states TEXT,
	seriousness TEXT,
	product_id TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_saved_search PRIMARY KEY (id),
	CONSTRAINT fk_saved_search__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_saved_search__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_saved_search__product_id ON saved_search (product_id);

CREATE TABLE score (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	scale_wording_id TEXT,
	scale TEXT,
	edition TEXT,
	at TEXT,
	at_null TEXT,
	phase TEXT,
	mode TEXT,
	informant TEXT,
	total TEXT,
	basis TEXT,
	"by" TEXT,
	typed_by TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_score PRIMARY KEY (id),
	CONSTRAINT fk_score__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_score__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_score__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_score__scale_wording_id FOREIGN KEY(scale_wording_id) REFERENCES scale_wording (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_score__patient_id ON score (patient_id);

CREATE INDEX ix_score__scale_wording_id ON score (scale_wording_id);

CREATE INDEX ix_score__session_id ON score (session_id);

CREATE TABLE term_block__entries (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	code TEXT,
	term TEXT,
	level TEXT,
	parent TEXT,
	soc TEXT,
	current INTEGER,
	grade1 TEXT,
	grade2 TEXT,
	grade3 TEXT,
	grade4 TEXT,
	grade5 TEXT,
	definition TEXT,
	remark TEXT,
	CONSTRAINT pk_term_block__entries PRIMARY KEY (record_id, line),
	CONSTRAINT fk_term_block__entries__record_id FOREIGN KEY(record_id) REFERENCES term_block (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

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
	per_kg TEXT,
	weight TEXT,
	planned TEXT,
	pieces TEXT,
	volume TEXT,
	over_minutes TEXT,
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
	device_number INTEGER,
	start_second INTEGER,
	held_minutes TEXT,
	held_minutes_null TEXT,
	after_hold TEXT,
	after_hold_null TEXT,
	exception TEXT,
	given_by TEXT,
	ordered_by TEXT,
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
	dose_form TEXT,
	dose_form_null TEXT,
	cumulative TEXT,
	cumulative_unit TEXT,
	gestation TEXT,
	gestation_unit TEXT,
	information TEXT,
	fda_information TEXT,
	remarks TEXT,
	struck_reason TEXT,
	package_name TEXT,
	package_ndc TEXT,
	package_maker TEXT,
	package_lot TEXT,
	package_expires TEXT,
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

CREATE TABLE case_file__asides (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	rule TEXT,
	path TEXT,
	value TEXT,
	reason TEXT,
	"by" TEXT,
	at TEXT,
	CONSTRAINT pk_case_file__asides PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__asides__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__diagnoses (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	code TEXT,
	edition TEXT,
	CONSTRAINT pk_case_file__diagnoses PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__diagnoses__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__further_devices (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	brand TEXT,
	brand_null TEXT,
	procode TEXT,
	procode_null TEXT,
	common_name TEXT,
	common_name_null TEXT,
	maker TEXT,
	maker_null TEXT,
	model TEXT,
	model_null TEXT,
	lot TEXT,
	lot_null TEXT,
	catalog TEXT,
	catalog_null TEXT,
	expires TEXT,
	expires_null TEXT,
	serial TEXT,
	serial_null TEXT,
	udi TEXT,
	udi_null TEXT,
	operator TEXT,
	operator_null TEXT,
	operator_text TEXT,
	implanted TEXT,
	implanted_null TEXT,
	explanted TEXT,
	explanted_null TEXT,
	reprocessed INTEGER,
	reprocessed_null TEXT,
	reprocessor TEXT,
	reprocessor_null TEXT,
	serviced TEXT,
	age_years TEXT,
	age_years_null TEXT,
	age_months TEXT,
	age_months_null TEXT,
	clinical_code TEXT,
	impact_code TEXT,
	problem_code TEXT,
	component_code TEXT,
	failed INTEGER,
	usage TEXT,
	remedial TEXT,
	follow_ups TEXT,
	CONSTRAINT pk_case_file__further_devices PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__further_devices__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__left_in (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	item TEXT,
	mark TEXT,
	place TEXT,
	reason TEXT,
	"by" TEXT,
	CONSTRAINT pk_case_file__left_in PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__left_in__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__literature (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	reference TEXT,
	reference_null TEXT,
	sha256 TEXT,
	CONSTRAINT pk_case_file__literature PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__literature__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__other_numbers (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	source TEXT,
	number TEXT,
	CONSTRAINT pk_case_file__other_numbers PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__other_numbers__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE case_file__sentences (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	template TEXT,
	about TEXT,
	text TEXT,
	made TEXT,
	sources TEXT,
	written_by TEXT,
	written_at TEXT,
	CONSTRAINT pk_case_file__sentences PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__sentences__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

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

CREATE TABLE case_file__summaries (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	text TEXT,
	language TEXT,
	CONSTRAINT pk_case_file__summaries PRIMARY KEY (record_id, line),
	CONSTRAINT fk_case_file__summaries__record_id FOREIGN KEY(record_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
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
	language TEXT,
	translation TEXT,
	onset TEXT,
	onset_null TEXT,
	ended TEXT,
	ended_null TEXT,
	duration TEXT,
	duration_unit TEXT,
	severity TEXT,
	severity_null TEXT,
	seriousness TEXT,
	seriousness_null TEXT,
	assessed_by TEXT,
	outcome TEXT,
	outcome_null TEXT,
	highlighted TEXT,
	confirmed INTEGER,
	country TEXT,
	action_taken TEXT,
	action_taken_null TEXT,
	dechallenge TEXT,
	dechallenge_null TEXT,
	rechallenge TEXT,
	rechallenge_null TEXT,
	situations TEXT,
	situations_null TEXT,
	treatment TEXT,
	treatment_null TEXT,
	stated_causality TEXT,
	note TEXT,
	struck_reason TEXT,
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

CREATE TABLE label_list__terms (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	term TEXT,
	qualifier TEXT,
	CONSTRAINT pk_label_list__terms PRIMARY KEY (record_id, line),
	CONSTRAINT fk_label_list__terms__record_id FOREIGN KEY(record_id) REFERENCES label_list (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE lot__holds (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	at TEXT,
	"by" TEXT,
	reason TEXT,
	released_at TEXT,
	released_by TEXT,
	release_reason TEXT,
	CONSTRAINT pk_lot__holds PRIMARY KEY (record_id, line),
	CONSTRAINT fk_lot__holds__record_id FOREIGN KEY(record_id) REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

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
	raw_value TEXT,
	raw_unit TEXT,
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
	owner TEXT,
	locked INTEGER,
	lock_reason TEXT,
	nature TEXT,
	news TEXT,
	reported_on TEXT,
	also_reported_to TEXT,
	capacity TEXT,
	facility_number TEXT,
	follow_up INTEGER,
	sent_to_fda INTEGER,
	sent_to_fda_on TEXT,
	sent_to_maker INTEGER,
	sent_to_maker_on TEXT,
	sources TEXT,
	source_text TEXT,
	time_limit TEXT,
	CONSTRAINT pk_report PRIMARY KEY (id),
	CONSTRAINT fk_report__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_report__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_report__case_id ON report (case_id);

CREATE INDEX ix_report__number_id ON report (number, id);

CREATE TABLE safety_review (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	score_id TEXT,
	cause TEXT,
	opened_at TEXT,
	told TEXT,
	asked TEXT,
	"plan" TEXT,
	at TEXT,
	"by" TEXT,
	handed_to TEXT,
	handed_at TEXT,
	handed_by TEXT,
	done INTEGER,
	void_reason TEXT,
	CONSTRAINT pk_safety_review PRIMARY KEY (id),
	CONSTRAINT fk_safety_review__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_safety_review__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_safety_review__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_safety_review__score_id FOREIGN KEY(score_id) REFERENCES score (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_safety_review__patient_id ON safety_review (patient_id);

CREATE INDEX ix_safety_review__score_id ON safety_review (score_id);

CREATE INDEX ix_safety_review__session_id ON safety_review (session_id);

CREATE TABLE score__items (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	number INTEGER,
	points INTEGER,
	points_null TEXT,
	CONSTRAINT pk_score__items PRIMARY KEY (record_id, line),
	CONSTRAINT fk_score__items__record_id FOREIGN KEY(record_id) REFERENCES score (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE unblinding (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	study_id TEXT,
	patient_id TEXT,
	case_id TEXT,
	at TEXT,
	"by" TEXT,
	reason TEXT,
	shown TEXT,
	CONSTRAINT pk_unblinding PRIMARY KEY (id),
	CONSTRAINT fk_unblinding__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_unblinding__study_id FOREIGN KEY(study_id) REFERENCES study (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_unblinding__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_unblinding__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_unblinding__case_id ON unblinding (case_id);

CREATE INDEX ix_unblinding__patient_id ON unblinding (patient_id);

CREATE INDEX ix_unblinding__study_id ON unblinding (study_id);

CREATE TABLE administration__changes (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	at TEXT,
	change TEXT,
	rate TEXT,
	reason TEXT,
	CONSTRAINT pk_administration__changes PRIMARY KEY (record_id, line),
	CONSTRAINT fk_administration__changes__record_id FOREIGN KEY(record_id) REFERENCES administration (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE approval (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	meaning TEXT,
	"by" TEXT,
	at TEXT,
	case_sha256 TEXT,
	CONSTRAINT pk_approval PRIMARY KEY (id),
	CONSTRAINT fk_approval__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_approval__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_approval__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_approval__case_id ON approval (case_id);

CREATE INDEX ix_approval__report_id ON approval (report_id);

CREATE TABLE assessment (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	event_id TEXT,
	product_id TEXT,
	category TEXT,
	method TEXT,
	expectedness TEXT,
	label TEXT,
	assessor TEXT,
	assessor_role TEXT,
	assessed_at TEXT,
	comment TEXT,
	naranjo_q1 TEXT,
	naranjo_q2 TEXT,
	naranjo_q3 TEXT,
	naranjo_q4 TEXT,
	naranjo_q5 TEXT,
	naranjo_q6 TEXT,
	naranjo_q7 TEXT,
	naranjo_q8 TEXT,
	naranjo_q9 TEXT,
	naranjo_q10 TEXT,
	CONSTRAINT pk_assessment PRIMARY KEY (id),
	CONSTRAINT fk_assessment__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_assessment__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_assessment__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_assessment__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_assessment__case_id ON assessment (case_id);

CREATE INDEX ix_assessment__event_id ON assessment (event_id);

CREATE INDEX ix_assessment__product_id ON assessment (product_id);

CREATE TABLE attachment (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	case_id TEXT,
	event_id TEXT,
	session_id TEXT,
	title TEXT,
	media TEXT,
	size INTEGER,
	sha256 TEXT,
	added TEXT,
	"by" TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_attachment PRIMARY KEY (id),
	CONSTRAINT fk_attachment__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_attachment__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_attachment__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_attachment__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_attachment__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_attachment__case_id ON attachment (case_id);

CREATE INDEX ix_attachment__event_id ON attachment (event_id);

CREATE INDEX ix_attachment__patient_id ON attachment (patient_id);

CREATE INDEX ix_attachment__session_id ON attachment (session_id);

CREATE TABLE awareness (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	event_id TEXT,
	at TEXT,
	at_null TEXT,
	who TEXT,
	who_null TEXT,
	teller TEXT,
	teller_null TEXT,
	what TEXT,
	CONSTRAINT pk_awareness PRIMARY KEY (id),
	CONSTRAINT fk_awareness__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_awareness__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_awareness__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_awareness__case_id ON awareness (case_id);

CREATE INDEX ix_awareness__event_id ON awareness (event_id);

CREATE TABLE check_answer (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	observation_id TEXT,
	list TEXT,
	code TEXT,
	words TEXT,
	stops INTEGER,
	answer TEXT,
	answer_null TEXT,
	told TEXT,
	reason TEXT,
	overridden_by TEXT,
	source TEXT,
	at TEXT,
	CONSTRAINT pk_check_answer PRIMARY KEY (id),
	CONSTRAINT fk_check_answer__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_check_answer__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_check_answer__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_check_answer__observation_id FOREIGN KEY(observation_id) REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_check_answer__observation_id ON check_answer (observation_id);

CREATE INDEX ix_check_answer__patient_id ON check_answer (patient_id);

CREATE INDEX ix_check_answer__session_id ON check_answer (session_id);

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

CREATE TABLE disclosure (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	case_id TEXT,
	report_id TEXT,
	session_id TEXT,
	seq INTEGER,
	number TEXT,
	what TEXT,
	copy TEXT,
	medium TEXT,
	pages INTEGER,
	sha256 TEXT,
	at TEXT,
	"by" TEXT,
	recipient TEXT,
	person TEXT,
	address TEXT,
	purpose TEXT,
	CONSTRAINT pk_disclosure PRIMARY KEY (id),
	CONSTRAINT fk_disclosure__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_disclosure__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_disclosure__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_disclosure__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_disclosure__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_disclosure__case_id ON disclosure (case_id);

CREATE INDEX ix_disclosure__patient_id ON disclosure (patient_id);

CREATE INDEX ix_disclosure__report_id ON disclosure (report_id);

CREATE INDEX ix_disclosure__session_id ON disclosure (session_id);

CREATE TABLE event__codings (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	terminology TEXT,
	edition TEXT,
	meddra_edition TEXT,
	code TEXT,
	term TEXT,
	how TEXT,
	chosen_by TEXT,
	chosen_at TEXT,
	CONSTRAINT pk_event__codings PRIMARY KEY (record_id, line),
	CONSTRAINT fk_event__codings__record_id FOREIGN KEY(record_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE message (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	number TEXT,
	batch TEXT,
	receiver TEXT,
	made_at TEXT,
	draft INTEGER,
	sha256 TEXT,
	"by" TEXT,
	CONSTRAINT pk_message PRIMARY KEY (id),
	CONSTRAINT fk_message__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_message__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_message__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_message__case_id ON message (case_id);

CREATE INDEX ix_message__report_id ON message (report_id);

CREATE TABLE note (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	observation_id TEXT,
	event_id TEXT,
	administration_id TEXT,
	note_id TEXT,
	kind TEXT,
	at TEXT,
	at_null TEXT,
	words TEXT,
	"by" TEXT,
	struck_reason TEXT,
	CONSTRAINT pk_note PRIMARY KEY (id),
	CONSTRAINT fk_note__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__observation_id FOREIGN KEY(observation_id) REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__administration_id FOREIGN KEY(administration_id) REFERENCES administration (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_note__note_id FOREIGN KEY(note_id) REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_note__administration_id ON note (administration_id);

CREATE INDEX ix_note__event_id ON note (event_id);

CREATE INDEX ix_note__note_id ON note (note_id);

CREATE INDEX ix_note__observation_id ON note (observation_id);

CREATE INDEX ix_note__patient_id ON note (patient_id);

CREATE INDEX ix_note__session_id ON note (session_id);

CREATE TABLE proposal (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	patient_id TEXT,
	session_id TEXT,
	event_id TEXT,
	rule TEXT,
	term TEXT,
	basis TEXT,
	first TEXT,
	last TEXT,
	state TEXT,
	reason TEXT,
	decided_by TEXT,
	decided_at TEXT,
	CONSTRAINT pk_proposal PRIMARY KEY (id),
	CONSTRAINT fk_proposal__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_proposal__patient_id FOREIGN KEY(patient_id) REFERENCES patient (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_proposal__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_proposal__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_proposal__event_id ON proposal (event_id);

CREATE INDEX ix_proposal__patient_id ON proposal (patient_id);

CREATE INDEX ix_proposal__session_id ON proposal (session_id);

CREATE TABLE question (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	words TEXT,
	"to" TEXT,
	due TEXT,
	asked_by TEXT,
	asked_on TEXT,
	answer TEXT,
	answered_by TEXT,
	answered_on TEXT,
	CONSTRAINT pk_question PRIMARY KEY (id),
	CONSTRAINT fk_question__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_question__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_question__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_question__case_id ON question (case_id);

CREATE INDEX ix_question__report_id ON question (report_id);

CREATE TABLE reporter (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	event_id TEXT,
	staff_id TEXT,
	files INTEGER,
	relation TEXT,
	relation_null TEXT,
	last_name TEXT,
	last_name_null TEXT,
	first_name TEXT,
	first_name_null TEXT,
	title TEXT,
	title_null TEXT,
	middle_name TEXT,
	middle_name_null TEXT,
	organisation TEXT,
	organisation_null TEXT,
	department TEXT,
	department_null TEXT,
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
	told_fda TEXT,
	may_be_called INTEGER,
	may_be_called_null TEXT,
	withhold_identity INTEGER,
	CONSTRAINT pk_reporter PRIMARY KEY (id),
	CONSTRAINT fk_reporter__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_reporter__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_reporter__event_id FOREIGN KEY(event_id) REFERENCES event (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_reporter__staff_id FOREIGN KEY(staff_id) REFERENCES staff (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_reporter__case_id ON reporter (case_id);

CREATE INDEX ix_reporter__event_id ON reporter (event_id);

CREATE INDEX ix_reporter__staff_id ON reporter (staff_id);

CREATE TABLE request (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	asker TEXT,
	number TEXT,
	received TEXT,
	wished TEXT,
	"by" TEXT,
	CONSTRAINT pk_request PRIMARY KEY (id),
	CONSTRAINT fk_request__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_request__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_request__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_request__case_id ON request (case_id);

CREATE INDEX ix_request__report_id ON request (report_id);

CREATE TABLE stock_movement (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	product_id TEXT,
	lot_id TEXT,
	session_id TEXT,
	administration_id TEXT,
	kind TEXT,
	amount TEXT,
	unit TEXT,
	vial TEXT,
	at TEXT,
	at_null TEXT,
	"by" TEXT,
	witness TEXT,
	reason TEXT,
	significant_loss INTEGER,
	significant_loss_null TEXT,
	answered_for TEXT,
	discovered_on TEXT,
	notice_on TEXT,
	form_106_on TEXT,
	CONSTRAINT pk_stock_movement PRIMARY KEY (id),
	CONSTRAINT fk_stock_movement__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_stock_movement__product_id FOREIGN KEY(product_id) REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_stock_movement__lot_id FOREIGN KEY(lot_id) REFERENCES lot (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_stock_movement__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_stock_movement__administration_id FOREIGN KEY(administration_id) REFERENCES administration (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_stock_movement__administration_id ON stock_movement (administration_id);

CREATE INDEX ix_stock_movement__lot_id ON stock_movement (lot_id);

CREATE INDEX ix_stock_movement__product_id ON stock_movement (product_id);

CREATE INDEX ix_stock_movement__session_id ON stock_movement (session_id);

CREATE TABLE acknowledgement (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	message_id TEXT,
	batch TEXT,
	number TEXT,
	batch_verdict TEXT,
	verdict TEXT,
	batch_words TEXT,
	words TEXT,
	sender TEXT,
	their_number TEXT,
	at TEXT,
	sha256 TEXT,
	kept_at TEXT,
	"by" TEXT,
	CONSTRAINT pk_acknowledgement PRIMARY KEY (id),
	CONSTRAINT fk_acknowledgement__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_acknowledgement__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_acknowledgement__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_acknowledgement__message_id FOREIGN KEY(message_id) REFERENCES message (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_acknowledgement__case_id ON acknowledgement (case_id);

CREATE INDEX ix_acknowledgement__message_id ON acknowledgement (message_id);

CREATE INDEX ix_acknowledgement__report_id ON acknowledgement (report_id);

CREATE TABLE proposal__readings (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	observation_id TEXT,
	CONSTRAINT pk_proposal__readings PRIMARY KEY (record_id, line),
	CONSTRAINT fk_proposal__readings__record_id FOREIGN KEY(record_id) REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_proposal__readings__observation_id FOREIGN KEY(observation_id) REFERENCES observation (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_proposal__readings__observation_id ON proposal__readings (observation_id);

CREATE TABLE question__tries (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	at TEXT,
	words TEXT,
	"by" TEXT,
	CONSTRAINT pk_question__tries PRIMARY KEY (record_id, line),
	CONSTRAINT fk_question__tries__record_id FOREIGN KEY(record_id) REFERENCES question (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE report_version (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	approval_id TEXT,
	number INTEGER,
	nature TEXT,
	news TEXT,
	form TEXT,
	rules TEXT,
	program TEXT,
	export_seq INTEGER,
	unsigned_because TEXT,
	frozen_on TEXT,
	"by" TEXT,
	CONSTRAINT pk_report_version PRIMARY KEY (id),
	CONSTRAINT fk_report_version__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_report_version__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_report_version__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_report_version__approval_id FOREIGN KEY(approval_id) REFERENCES approval (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_report_version__approval_id ON report_version (approval_id);

CREATE INDEX ix_report_version__case_id ON report_version (case_id);

CREATE INDEX ix_report_version__report_id ON report_version (report_id);

CREATE TABLE request__questions (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	question TEXT,
	answer TEXT,
	words TEXT,
	at TEXT,
	"by" TEXT,
	CONSTRAINT pk_request__questions PRIMARY KEY (record_id, line),
	CONSTRAINT fk_request__questions__record_id FOREIGN KEY(record_id) REFERENCES request (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE report_version__parts (
	record_id TEXT NOT NULL,
	line INTEGER NOT NULL,
	what TEXT,
	name TEXT,
	sha256 TEXT,
	size INTEGER,
	CONSTRAINT pk_report_version__parts PRIMARY KEY (record_id, line),
	CONSTRAINT fk_report_version__parts__record_id FOREIGN KEY(record_id) REFERENCES report_version (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE TABLE sending (
	id TEXT NOT NULL,
	version INTEGER NOT NULL,
	audit_seq INTEGER NOT NULL,
	case_id TEXT,
	report_id TEXT,
	session_id TEXT,
	report_version_id TEXT,
	destination TEXT,
	channel TEXT,
	at TEXT,
	at_because TEXT,
	person TEXT,
	reference TEXT,
	reference_lacks TEXT,
	words TEXT,
	proof TEXT,
	proof_sha256 TEXT,
	proof_lacks TEXT,
	document TEXT,
	document_sha256 TEXT,
	"by" TEXT,
	CONSTRAINT pk_sending PRIMARY KEY (id),
	CONSTRAINT fk_sending__audit_seq FOREIGN KEY(audit_seq) REFERENCES audit (seq) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_sending__case_id FOREIGN KEY(case_id) REFERENCES case_file (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_sending__report_id FOREIGN KEY(report_id) REFERENCES report (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_sending__session_id FOREIGN KEY(session_id) REFERENCES session (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_sending__report_version_id FOREIGN KEY(report_version_id) REFERENCES report_version (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT;

CREATE INDEX ix_sending__case_id ON sending (case_id);

CREATE INDEX ix_sending__report_id ON sending (report_id);

CREATE INDEX ix_sending__report_version_id ON sending (report_version_id);

CREATE INDEX ix_sending__session_id ON sending (session_id);

CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_document', content_rowid='id', tokenize='ascii', prefix='2 3 4 5 6 8', detail='none', columnsize=0);

CREATE TRIGGER "aeapp_audit_insert" BEFORE INSERT ON "audit"
BEGIN
  SELECT RAISE(ABORT, 'trail: seq') WHERE NEW.seq IS NOT coalesce((SELECT max(seq) FROM audit), 0) + 1;
  SELECT RAISE(ABORT, 'trail: prev') WHERE NEW.prev IS NOT coalesce((SELECT h FROM audit ORDER BY seq DESC LIMIT 1), aeapp_genesis((SELECT value FROM meta WHERE name = 'install')));
  SELECT RAISE(ABORT, 'trail: hash') WHERE NEW.payload IS NULL OR NEW.payload_hash IS NOT aeapp_sha256(NEW.payload) OR NEW.h IS NOT aeapp_link(NEW.seq, NEW.prev, NEW.payload_hash);
  SELECT RAISE(ABORT, 'trail: copies') WHERE NEW.op_id IS NOT json_extract(NEW.payload, '$.op') OR NEW.actor IS NOT json_extract(NEW.payload, '$.actor') OR NEW.action IS NOT json_extract(NEW.payload, '$.action') OR NEW.at IS NOT json_extract(NEW.payload, '$.at') OR NEW.seq IS NOT json_extract(NEW.payload, '$.seq') OR NEW.entity IS NOT json_extract(NEW.payload, '$.entity') OR NEW.entity_id IS NOT json_extract(NEW.payload, '$.entity_id') OR NEW.version IS NOT json_extract(NEW.payload, '$.version');
  DELETE FROM import_row WHERE seq >= NEW.seq;
  DELETE FROM import_row WHERE NEW.action = 'import' AND seq < NEW.seq;
  INSERT INTO import_row (seq, entity, entity_id, version)
    SELECT NEW.seq, json_extract(value, '$[0]'), json_extract(value, '$[1]'),
      json_extract(value, '$[2]')
    FROM json_each(NEW.payload, '$.rows') WHERE NEW.action = 'import';
END;

CREATE TRIGGER "aeapp_anchor_insert" BEFORE INSERT ON "anchor"
WHEN NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND h = NEW.h)
BEGIN
  SELECT RAISE(FAIL, 'trail: an anchor needs its entry');
END;

CREATE TRIGGER "aeapp_signature_insert" BEFORE INSERT ON "signature"
WHEN NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT EXISTS (SELECT 1 FROM audit WHERE seq = NEW.audit_seq AND entity = NEW.entity AND entity_id = NEW.entity_id)
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this signature');
END;

CREATE TRIGGER "aeapp_signing_key_insert" BEFORE INSERT ON "signing_key"
WHEN NEW.audit_seq IS NOT (SELECT max(seq) FROM audit)
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this key');
END;

CREATE TRIGGER "aeapp_signing_key_update" BEFORE UPDATE ON "signing_key"
WHEN NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NEW.audit_seq <= OLD.audit_seq
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this key');
END;

CREATE TRIGGER "aeapp_audit_update" BEFORE UPDATE ON "audit"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are only ever added');
END;

CREATE TRIGGER "aeapp_anchor_update" BEFORE UPDATE ON "anchor"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are only ever added');
END;

CREATE TRIGGER "aeapp_signature_update" BEFORE UPDATE ON "signature"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are only ever added');
END;

CREATE TRIGGER "aeapp_blob_update" BEFORE UPDATE ON "blob"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are only ever added');
END;

CREATE TRIGGER "aeapp_audit_delete" BEFORE DELETE ON "audit"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_anchor_delete" BEFORE DELETE ON "anchor"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_signature_delete" BEFORE DELETE ON "signature"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_blob_delete" BEFORE DELETE ON "blob"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_signing_key_delete" BEFORE DELETE ON "signing_key"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_meta_delete" BEFORE DELETE ON "meta"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_meta_update" BEFORE UPDATE ON "meta"
WHEN OLD.name = 'install'
BEGIN
  SELECT RAISE(FAIL, 'trail: the installation is fixed');
END;

CREATE TRIGGER "aeapp_import_row_insert" BEFORE INSERT ON "import_row"
WHEN NEW.seq IS NOT (SELECT max(seq) FROM audit) + 1
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_import_row_update" BEFORE UPDATE ON "import_row"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are only ever added');
END;

CREATE TRIGGER "aeapp_clinic_insert" BEFORE INSERT ON "clinic"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'clinic' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'clinic' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_clinic_update" BEFORE UPDATE ON "clinic"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'clinic' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'clinic' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_clinic_delete" BEFORE DELETE ON "clinic"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_staff_insert" BEFORE INSERT ON "staff"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'staff' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'staff' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_staff_update" BEFORE UPDATE ON "staff"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'staff' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'staff' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_staff_delete" BEFORE DELETE ON "staff"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_patient_insert" BEFORE INSERT ON "patient"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_patient_update" BEFORE UPDATE ON "patient"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_patient_delete" BEFORE DELETE ON "patient"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_patient__causes_insert" BEFORE INSERT ON "patient__causes"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__causes_delete" BEFORE DELETE ON "patient__causes"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__causes_update" BEFORE UPDATE ON "patient__causes"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_patient__medicines_insert" BEFORE INSERT ON "patient__medicines"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__medicines_delete" BEFORE DELETE ON "patient__medicines"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__medicines_update" BEFORE UPDATE ON "patient__medicines"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_patient__conditions_insert" BEFORE INSERT ON "patient__conditions"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__conditions_delete" BEFORE DELETE ON "patient__conditions"
WHEN EXISTS (SELECT 1 FROM "patient" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'patient' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "patient" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_patient__conditions_update" BEFORE UPDATE ON "patient__conditions"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_study_insert" BEFORE INSERT ON "study"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_study_update" BEFORE UPDATE ON "study"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_study_delete" BEFORE DELETE ON "study"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_study__further_registrations_insert" BEFORE INSERT ON "study__further_registrations"
WHEN EXISTS (SELECT 1 FROM "study" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "study" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "study" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_study__further_registrations_delete" BEFORE DELETE ON "study__further_registrations"
WHEN EXISTS (SELECT 1 FROM "study" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "study" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'study' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "study" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_study__further_registrations_update" BEFORE UPDATE ON "study__further_registrations"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_product_insert" BEFORE INSERT ON "product"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'product' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'product' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_product_update" BEFORE UPDATE ON "product"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'product' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'product' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_product_delete" BEFORE DELETE ON "product"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_lot_insert" BEFORE INSERT ON "lot"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_lot_update" BEFORE UPDATE ON "lot"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_lot_delete" BEFORE DELETE ON "lot"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_lot__holds_insert" BEFORE INSERT ON "lot__holds"
WHEN EXISTS (SELECT 1 FROM "lot" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "lot" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "lot" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_lot__holds_delete" BEFORE DELETE ON "lot__holds"
WHEN EXISTS (SELECT 1 FROM "lot" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "lot" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "lot" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_lot__holds_update" BEFORE UPDATE ON "lot__holds"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_session_insert" BEFORE INSERT ON "session"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'session' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'session' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_session_update" BEFORE UPDATE ON "session"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'session' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'session' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_session_delete" BEFORE DELETE ON "session"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_administration_insert" BEFORE INSERT ON "administration"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_administration_update" BEFORE UPDATE ON "administration"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_administration_delete" BEFORE DELETE ON "administration"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_administration__changes_insert" BEFORE INSERT ON "administration__changes"
WHEN EXISTS (SELECT 1 FROM "administration" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "administration" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "administration" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_administration__changes_delete" BEFORE DELETE ON "administration__changes"
WHEN EXISTS (SELECT 1 FROM "administration" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "administration" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'administration' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "administration" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_administration__changes_update" BEFORE UPDATE ON "administration__changes"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_observation_insert" BEFORE INSERT ON "observation"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'observation' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'observation' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_observation_update" BEFORE UPDATE ON "observation"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'observation' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'observation' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_observation_delete" BEFORE DELETE ON "observation"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_pregnancy_insert" BEFORE INSERT ON "pregnancy"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'pregnancy' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'pregnancy' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_pregnancy_update" BEFORE UPDATE ON "pregnancy"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'pregnancy' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'pregnancy' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_pregnancy_delete" BEFORE DELETE ON "pregnancy"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_case_file_insert" BEFORE INSERT ON "case_file"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_case_file_update" BEFORE UPDATE ON "case_file"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_case_file_delete" BEFORE DELETE ON "case_file"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_case_file__further_devices_insert" BEFORE INSERT ON "case_file__further_devices"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__further_devices_delete" BEFORE DELETE ON "case_file__further_devices"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__further_devices_update" BEFORE UPDATE ON "case_file__further_devices"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__literature_insert" BEFORE INSERT ON "case_file__literature"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__literature_delete" BEFORE DELETE ON "case_file__literature"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__literature_update" BEFORE UPDATE ON "case_file__literature"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__other_numbers_insert" BEFORE INSERT ON "case_file__other_numbers"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__other_numbers_delete" BEFORE DELETE ON "case_file__other_numbers"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__other_numbers_update" BEFORE UPDATE ON "case_file__other_numbers"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__diagnoses_insert" BEFORE INSERT ON "case_file__diagnoses"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__diagnoses_delete" BEFORE DELETE ON "case_file__diagnoses"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__diagnoses_update" BEFORE UPDATE ON "case_file__diagnoses"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__summaries_insert" BEFORE INSERT ON "case_file__summaries"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__summaries_delete" BEFORE DELETE ON "case_file__summaries"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__summaries_update" BEFORE UPDATE ON "case_file__summaries"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__stated_insert" BEFORE INSERT ON "case_file__stated"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__stated_delete" BEFORE DELETE ON "case_file__stated"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__stated_update" BEFORE UPDATE ON "case_file__stated"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__asides_insert" BEFORE INSERT ON "case_file__asides"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__asides_delete" BEFORE DELETE ON "case_file__asides"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__asides_update" BEFORE UPDATE ON "case_file__asides"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__sentences_insert" BEFORE INSERT ON "case_file__sentences"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__sentences_delete" BEFORE DELETE ON "case_file__sentences"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__sentences_update" BEFORE UPDATE ON "case_file__sentences"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_case_file__left_in_insert" BEFORE INSERT ON "case_file__left_in"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__left_in_delete" BEFORE DELETE ON "case_file__left_in"
WHEN EXISTS (SELECT 1 FROM "case_file" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'case' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "case_file" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_case_file__left_in_update" BEFORE UPDATE ON "case_file__left_in"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_event_insert" BEFORE INSERT ON "event"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_event_update" BEFORE UPDATE ON "event"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_event_delete" BEFORE DELETE ON "event"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_event__codings_insert" BEFORE INSERT ON "event__codings"
WHEN EXISTS (SELECT 1 FROM "event" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "event" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "event" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_event__codings_delete" BEFORE DELETE ON "event__codings"
WHEN EXISTS (SELECT 1 FROM "event" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "event" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'event' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "event" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_event__codings_update" BEFORE UPDATE ON "event__codings"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_check_answer_insert" BEFORE INSERT ON "check_answer"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'check_answer' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'check_answer' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_check_answer_update" BEFORE UPDATE ON "check_answer"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'check_answer' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'check_answer' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_check_answer_delete" BEFORE DELETE ON "check_answer"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_note_insert" BEFORE INSERT ON "note"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'note' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'note' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_note_update" BEFORE UPDATE ON "note"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'note' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'note' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_note_delete" BEFORE DELETE ON "note"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_scale_insert" BEFORE INSERT ON "scale"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_update" BEFORE UPDATE ON "scale"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_delete" BEFORE DELETE ON "scale"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_scale__items_insert" BEFORE INSERT ON "scale__items"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__items_delete" BEFORE DELETE ON "scale__items"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__items_update" BEFORE UPDATE ON "scale__items"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_scale__groups_insert" BEFORE INSERT ON "scale__groups"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__groups_delete" BEFORE DELETE ON "scale__groups"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__groups_update" BEFORE UPDATE ON "scale__groups"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_scale__bands_insert" BEFORE INSERT ON "scale__bands"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__bands_delete" BEFORE DELETE ON "scale__bands"
WHEN EXISTS (SELECT 1 FROM "scale" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale__bands_update" BEFORE UPDATE ON "scale__bands"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_scale_wording_insert" BEFORE INSERT ON "scale_wording"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_wording_update" BEFORE UPDATE ON "scale_wording"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_wording_delete" BEFORE DELETE ON "scale_wording"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_scale_wording__items_insert" BEFORE INSERT ON "scale_wording__items"
WHEN EXISTS (SELECT 1 FROM "scale_wording" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale_wording__items_delete" BEFORE DELETE ON "scale_wording__items"
WHEN EXISTS (SELECT 1 FROM "scale_wording" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale_wording__items_update" BEFORE UPDATE ON "scale_wording__items"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_scale_wording__answers_insert" BEFORE INSERT ON "scale_wording__answers"
WHEN EXISTS (SELECT 1 FROM "scale_wording" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale_wording__answers_delete" BEFORE DELETE ON "scale_wording__answers"
WHEN EXISTS (SELECT 1 FROM "scale_wording" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_wording' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "scale_wording" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_scale_wording__answers_update" BEFORE UPDATE ON "scale_wording__answers"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_scale_schedule_insert" BEFORE INSERT ON "scale_schedule"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_schedule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_schedule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_schedule_update" BEFORE UPDATE ON "scale_schedule"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_schedule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'scale_schedule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_scale_schedule_delete" BEFORE DELETE ON "scale_schedule"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_score_insert" BEFORE INSERT ON "score"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_score_update" BEFORE UPDATE ON "score"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_score_delete" BEFORE DELETE ON "score"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_score__items_insert" BEFORE INSERT ON "score__items"
WHEN EXISTS (SELECT 1 FROM "score" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "score" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "score" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_score__items_delete" BEFORE DELETE ON "score__items"
WHEN EXISTS (SELECT 1 FROM "score" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "score" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'score' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "score" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_score__items_update" BEFORE UPDATE ON "score__items"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_safety_review_insert" BEFORE INSERT ON "safety_review"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'safety_review' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'safety_review' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_safety_review_update" BEFORE UPDATE ON "safety_review"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'safety_review' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'safety_review' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_safety_review_delete" BEFORE DELETE ON "safety_review"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_proposal_insert" BEFORE INSERT ON "proposal"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_proposal_update" BEFORE UPDATE ON "proposal"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_proposal_delete" BEFORE DELETE ON "proposal"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_proposal__readings_insert" BEFORE INSERT ON "proposal__readings"
WHEN EXISTS (SELECT 1 FROM "proposal" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "proposal" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "proposal" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_proposal__readings_delete" BEFORE DELETE ON "proposal__readings"
WHEN EXISTS (SELECT 1 FROM "proposal" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "proposal" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'proposal' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "proposal" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_proposal__readings_update" BEFORE UPDATE ON "proposal__readings"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_stock_movement_insert" BEFORE INSERT ON "stock_movement"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'stock_movement' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'stock_movement' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_stock_movement_update" BEFORE UPDATE ON "stock_movement"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'stock_movement' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'stock_movement' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_stock_movement_delete" BEFORE DELETE ON "stock_movement"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_call_insert" BEFORE INSERT ON "call"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'call' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'call' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_call_update" BEFORE UPDATE ON "call"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'call' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'call' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_call_delete" BEFORE DELETE ON "call"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_protocol_insert" BEFORE INSERT ON "protocol"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_protocol_update" BEFORE UPDATE ON "protocol"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_protocol_delete" BEFORE DELETE ON "protocol"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_protocol__questions_insert" BEFORE INSERT ON "protocol__questions"
WHEN EXISTS (SELECT 1 FROM "protocol" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_protocol__questions_delete" BEFORE DELETE ON "protocol__questions"
WHEN EXISTS (SELECT 1 FROM "protocol" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_protocol__questions_update" BEFORE UPDATE ON "protocol__questions"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_protocol__due_insert" BEFORE INSERT ON "protocol__due"
WHEN EXISTS (SELECT 1 FROM "protocol" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_protocol__due_delete" BEFORE DELETE ON "protocol__due"
WHEN EXISTS (SELECT 1 FROM "protocol" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'protocol' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "protocol" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_protocol__due_update" BEFORE UPDATE ON "protocol__due"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_watch_rule_insert" BEFORE INSERT ON "watch_rule"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'watch_rule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'watch_rule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_watch_rule_update" BEFORE UPDATE ON "watch_rule"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'watch_rule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'watch_rule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_watch_rule_delete" BEFORE DELETE ON "watch_rule"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_lot_rule_insert" BEFORE INSERT ON "lot_rule"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot_rule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot_rule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_lot_rule_update" BEFORE UPDATE ON "lot_rule"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot_rule' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'lot_rule' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_lot_rule_delete" BEFORE DELETE ON "lot_rule"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_terminology_insert" BEFORE INSERT ON "terminology"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'terminology' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'terminology' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_terminology_update" BEFORE UPDATE ON "terminology"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'terminology' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'terminology' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_terminology_delete" BEFORE DELETE ON "terminology"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_term_block_insert" BEFORE INSERT ON "term_block"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_term_block_update" BEFORE UPDATE ON "term_block"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_term_block_delete" BEFORE DELETE ON "term_block"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_term_block__entries_insert" BEFORE INSERT ON "term_block__entries"
WHEN EXISTS (SELECT 1 FROM "term_block" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "term_block" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "term_block" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_term_block__entries_delete" BEFORE DELETE ON "term_block__entries"
WHEN EXISTS (SELECT 1 FROM "term_block" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "term_block" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'term_block' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "term_block" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_term_block__entries_update" BEFORE UPDATE ON "term_block__entries"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_official_form_insert" BEFORE INSERT ON "official_form"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'official_form' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'official_form' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_official_form_update" BEFORE UPDATE ON "official_form"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'official_form' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'official_form' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_official_form_delete" BEFORE DELETE ON "official_form"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_schema_set_insert" BEFORE INSERT ON "schema_set"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'schema_set' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'schema_set' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_schema_set_update" BEFORE UPDATE ON "schema_set"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'schema_set' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'schema_set' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_schema_set_delete" BEFORE DELETE ON "schema_set"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_reporter_insert" BEFORE INSERT ON "reporter"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reporter' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reporter' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_reporter_update" BEFORE UPDATE ON "reporter"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reporter' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reporter' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_reporter_delete" BEFORE DELETE ON "reporter"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_awareness_insert" BEFORE INSERT ON "awareness"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'awareness' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'awareness' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_awareness_update" BEFORE UPDATE ON "awareness"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'awareness' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'awareness' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_awareness_delete" BEFORE DELETE ON "awareness"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_consent_insert" BEFORE INSERT ON "consent"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'consent' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'consent' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_consent_update" BEFORE UPDATE ON "consent"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'consent' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'consent' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_consent_delete" BEFORE DELETE ON "consent"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_decision_insert" BEFORE INSERT ON "decision"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'decision' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'decision' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_decision_update" BEFORE UPDATE ON "decision"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'decision' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'decision' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_decision_delete" BEFORE DELETE ON "decision"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_label_list_insert" BEFORE INSERT ON "label_list"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_label_list_update" BEFORE UPDATE ON "label_list"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_label_list_delete" BEFORE DELETE ON "label_list"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_label_list__terms_insert" BEFORE INSERT ON "label_list__terms"
WHEN EXISTS (SELECT 1 FROM "label_list" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "label_list" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "label_list" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_label_list__terms_delete" BEFORE DELETE ON "label_list__terms"
WHEN EXISTS (SELECT 1 FROM "label_list" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "label_list" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'label_list' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "label_list" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_label_list__terms_update" BEFORE UPDATE ON "label_list__terms"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_assessment_insert" BEFORE INSERT ON "assessment"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'assessment' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'assessment' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_assessment_update" BEFORE UPDATE ON "assessment"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'assessment' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'assessment' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_assessment_delete" BEFORE DELETE ON "assessment"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_report_insert" BEFORE INSERT ON "report"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_report_update" BEFORE UPDATE ON "report"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_report_delete" BEFORE DELETE ON "report"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_approval_insert" BEFORE INSERT ON "approval"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'approval' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'approval' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_approval_update" BEFORE UPDATE ON "approval"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'approval' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'approval' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_approval_delete" BEFORE DELETE ON "approval"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_report_version_insert" BEFORE INSERT ON "report_version"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_report_version_update" BEFORE UPDATE ON "report_version"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_report_version_delete" BEFORE DELETE ON "report_version"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_report_version__parts_insert" BEFORE INSERT ON "report_version__parts"
WHEN EXISTS (SELECT 1 FROM "report_version" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "report_version" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "report_version" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_report_version__parts_delete" BEFORE DELETE ON "report_version__parts"
WHEN EXISTS (SELECT 1 FROM "report_version" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "report_version" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'report_version' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "report_version" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_report_version__parts_update" BEFORE UPDATE ON "report_version__parts"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_sending_insert" BEFORE INSERT ON "sending"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'sending' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'sending' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_sending_update" BEFORE UPDATE ON "sending"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'sending' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'sending' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_sending_delete" BEFORE DELETE ON "sending"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_request_insert" BEFORE INSERT ON "request"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_request_update" BEFORE UPDATE ON "request"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_request_delete" BEFORE DELETE ON "request"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_request__questions_insert" BEFORE INSERT ON "request__questions"
WHEN EXISTS (SELECT 1 FROM "request" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "request" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "request" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_request__questions_delete" BEFORE DELETE ON "request__questions"
WHEN EXISTS (SELECT 1 FROM "request" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "request" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'request' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "request" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_request__questions_update" BEFORE UPDATE ON "request__questions"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_question_insert" BEFORE INSERT ON "question"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_question_update" BEFORE UPDATE ON "question"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_question_delete" BEFORE DELETE ON "question"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_question__tries_insert" BEFORE INSERT ON "question__tries"
WHEN EXISTS (SELECT 1 FROM "question" WHERE id = NEW.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "question" WHERE id = NEW.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = NEW.record_id AND version = coalesce((SELECT version FROM "question" WHERE id = NEW.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_question__tries_delete" BEFORE DELETE ON "question__tries"
WHEN EXISTS (SELECT 1 FROM "question" WHERE id = OLD.record_id AND audit_seq = (SELECT max(seq) FROM audit)) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "question" WHERE id = OLD.record_id), 0) + 1) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'question' AND entity_id = OLD.record_id AND version = coalesce((SELECT version FROM "question" WHERE id = OLD.record_id), 0) + 1))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this line');
END;

CREATE TRIGGER "aeapp_question__tries_update" BEFORE UPDATE ON "question__tries"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: lines are written anew, never changed');
END;

CREATE TRIGGER "aeapp_reminder_insert" BEFORE INSERT ON "reminder"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reminder' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reminder' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_reminder_update" BEFORE UPDATE ON "reminder"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reminder' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'reminder' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_reminder_delete" BEFORE DELETE ON "reminder"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_unblinding_insert" BEFORE INSERT ON "unblinding"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'unblinding' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'unblinding' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_unblinding_update" BEFORE UPDATE ON "unblinding"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'unblinding' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'unblinding' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_unblinding_delete" BEFORE DELETE ON "unblinding"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_saved_search_insert" BEFORE INSERT ON "saved_search"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_search' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_search' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_saved_search_update" BEFORE UPDATE ON "saved_search"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_search' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_search' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_saved_search_delete" BEFORE DELETE ON "saved_search"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_saved_filter_insert" BEFORE INSERT ON "saved_filter"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_filter' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_filter' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_saved_filter_update" BEFORE UPDATE ON "saved_filter"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_filter' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'saved_filter' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_saved_filter_delete" BEFORE DELETE ON "saved_filter"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_column_mapping_insert" BEFORE INSERT ON "column_mapping"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'column_mapping' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'column_mapping' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_column_mapping_update" BEFORE UPDATE ON "column_mapping"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'column_mapping' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'column_mapping' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_column_mapping_delete" BEFORE DELETE ON "column_mapping"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_attachment_insert" BEFORE INSERT ON "attachment"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'attachment' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'attachment' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_attachment_update" BEFORE UPDATE ON "attachment"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'attachment' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'attachment' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_attachment_delete" BEFORE DELETE ON "attachment"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_disclosure_insert" BEFORE INSERT ON "disclosure"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'disclosure' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'disclosure' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_disclosure_update" BEFORE UPDATE ON "disclosure"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'disclosure' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'disclosure' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_disclosure_delete" BEFORE DELETE ON "disclosure"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_message_insert" BEFORE INSERT ON "message"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'message' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'message' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_message_update" BEFORE UPDATE ON "message"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'message' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'message' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_message_delete" BEFORE DELETE ON "message"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

CREATE TRIGGER "aeapp_acknowledgement_insert" BEFORE INSERT ON "acknowledgement"
WHEN NEW.version IS NOT 1 OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'acknowledgement' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'acknowledgement' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_acknowledgement_update" BEFORE UPDATE ON "acknowledgement"
WHEN NEW.id IS NOT OLD.id OR NEW.version IS NOT OLD.version + 1 OR NEW.audit_seq <= OLD.audit_seq OR NEW.audit_seq IS NOT (SELECT max(seq) FROM audit) OR NOT (EXISTS (SELECT 1 FROM audit WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'acknowledgement' AND entity_id = NEW.id AND version = NEW.version) OR EXISTS (SELECT 1 FROM import_row WHERE seq = (SELECT max(seq) FROM audit) AND entity = 'acknowledgement' AND entity_id = NEW.id AND version = NEW.version))
BEGIN
  SELECT RAISE(FAIL, 'trail: no entry for this row');
END;

CREATE TRIGGER "aeapp_acknowledgement_delete" BEFORE DELETE ON "acknowledgement"
WHEN 1
BEGIN
  SELECT RAISE(FAIL, 'trail: rows are never deleted');
END;

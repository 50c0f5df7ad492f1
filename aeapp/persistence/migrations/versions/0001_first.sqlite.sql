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
